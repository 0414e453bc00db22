// Declares the drawing of a network's graph, as coordinates in JSON.
#pragma once
#include "report/description.hpp"

namespace cameo::generator {

/// Draws nodes (centre x and y, and a step of the schedule, or kind and text of an output or next state) and lines
/// (points), in pixels.
json draw(const graph& g, const network_description& network);

}  // namespace cameo::generator
