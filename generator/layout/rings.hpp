// Declares the step that puts the past of signals into ring buffers.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// Puts the state of every history into a ring that the layer itself keeps, unless something else reads or changes it.
void plan_rings(graph& g);

}  // namespace cameo::generator
