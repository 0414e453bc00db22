// How coarsely a network rounds: networks of 16-bit floats round each result.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// Returns the 16-bit floats to which the function at a place of the list rounds; none if it does not.
element rounds_to(std::uint8_t function);

/// Returns the largest relative distance between neighbours of the 16-bit floats to which a network rounds; 0 if it
/// does not.
double rounding_step(const graph& g);

}  // namespace cameo::generator
