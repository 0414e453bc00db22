// Declares the storage plan: how each value lies in memory, so that the kernels of the header can read and write it.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// Chooses the storage of every value, stores constants as their kernels read them, and inserts a reorder where storage
/// changes.
void plan(graph& g);

/// Writes names, types, storage and memory, which --dump=plan prints.
std::string dump_plan(const graph& g);

}  // namespace cameo::generator
