// Declares the storage plan: how each value lies in memory, so that the kernels of the header can read and write it.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// Chooses the storage of every value, lays constants out for the kernels that read them, and inserts a reorder where
/// storage changes.
void plan(graph& g);

/// Names, types, storage and memory: what --dump=plan prints.
std::string dump_plan(const graph& g);

}  // namespace cameo::generator
