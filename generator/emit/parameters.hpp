// Declares the C++ text that a network with open axes needs: template heads, arguments and checks.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// "template <cameo::dim batch_size = 1, cameo::dim height = 64>", and a line's end. Nothing where every shape is
/// fixed.
std::string template_of(const graph& g);
/// "batch_size, height". Nothing where every shape is fixed.
std::string arguments_of(const graph& g);
/// "model<batch_size, height>"; "model" where every shape is fixed.
std::string model_of(const graph& g);
/// The condition that every extent is positive, as a member of the network. Nothing where every shape is fixed.
std::string check_of_extents(const graph& g);

/// Lines moved to the right, as members of a struct.
std::string indented(const std::string& lines);

}  // namespace cameo::generator
