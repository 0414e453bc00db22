// Declares the C++ text that a network with open axes needs: template heads, arguments and checks.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// Returns a line such as "template <cameo::dim batch_size = 1, cameo::dim height = 64>"; nothing if every shape is
/// fixed.
std::string template_of(const graph& g);
/// Returns "batch_size, height"; nothing if every shape is fixed.
std::string arguments_of(const graph& g);
/// Returns "model<batch_size, height>"; "model" if every shape is fixed.
std::string model_of(const graph& g);
/// Returns a static_assert, as a member of the network, that every extent is positive; nothing if every shape is fixed.
std::string check_of_extents(const graph& g);

}  // namespace cameo::generator
