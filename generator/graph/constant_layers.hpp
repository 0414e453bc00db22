// Layers of a network for many sizes whose operands are constants: the compiler can compute them.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// Finds the layers that follow from small constants; none where sizes are fixed, since these were folded. Outputs are
/// none: they have a place in the network. See network/computed.hpp of the library.
std::set<const node*> constant_layers(const graph& g);

/// Finds those that are small enough to be computed by the compiler where parameters are those of the sample.
std::set<const node*> computed_layers(const graph& g);

}  // namespace cameo::generator
