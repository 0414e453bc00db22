// Declares the step that puts the past of signals into ring buffers.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// Puts the state of every history that nobody else reads or changes into a ring, which the layer itself keeps.
void plan_rings(graph& g);

}  // namespace cameo::generator
