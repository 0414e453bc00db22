// Declares the constant in which a header keeps a model's metadata_props.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// Returns the member `metadata` of the model; nothing if the file has none.
std::string metadata_text(const graph& g);

}  // namespace cameo::generator
