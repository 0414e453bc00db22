// Declares the graph as text.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// Returns the graph as text, a line a node: what --dump=graph prints.
std::string dump(const graph& g);

}  // namespace cameo::generator
