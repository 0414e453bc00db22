// Chooses layouts: how each value lies in memory, so that the kernels of the header can read and write it. Graphs enter
// in row-major order, and leave as they are emitted.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// Chooses the storage of every value, lays constants out for the kernels that read them, and inserts a reorder where
/// storage changes.
void choose_layouts(graph& g);

/// Writes names, types, storage and memory, which --dump=plan prints.
std::string dump_plan(const graph& g);

}  // namespace cameo::generator
