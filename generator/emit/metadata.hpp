// What the file says of itself, as a constant of the header.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// The member `metadata` of the model; nothing where the file has none.
std::string metadata_text(const graph& g);

}  // namespace cameo::generator
