// Halos: how far the memory of a value reaches beyond its rows and columns.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// Widens the halo of every value to what its readers' windows need. Readers accept a wider one.
void widen_halos(graph& g);

/// Does a node read zeros around operand k, which is a window into a ring and has none?
bool cannot_have_halo(const node& n, std::size_t k);

}  // namespace cameo::generator
