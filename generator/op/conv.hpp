// Declares what Conv shares with the operators that are convolutions of other kinds.
#pragma once
#include "import/source_node.hpp"
#include <cameo/op/conv.hpp>

namespace cameo::generator {

/// Reads the attributes of a convolution with an input and filters of these shapes.
conv_attributes import_convolution(source_node& n, const shape& input, const shape& filters);

}  // namespace cameo::generator
