// Declares the drawing of a network's graph, as coordinates in JSON.
#pragma once
#include "report/description.hpp"

namespace cameo::generator {

/// Nodes (x, y of their centres, and a step of the schedule, or kind and text of an output or of what a state will be)
/// and lines (points), in pixels.
json draw(const graph& g, const network_description& network);

}  // namespace cameo::generator
