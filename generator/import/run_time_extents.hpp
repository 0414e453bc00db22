// Axes whose extent depends on the data: how it propagates through a node that reads such a value.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// Determines which axis of a node's result has such an extent. Throws unsupported if the node does not treat each
/// position of the axis by itself.
void spread_extent(const node& n);

}  // namespace cameo::generator
