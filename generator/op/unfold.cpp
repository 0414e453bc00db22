// Instantiates the unfolding (im2col) that a pass puts before a convolution; no ONNX operator becomes one.
#include "import/operator_table.hpp"
#include <cameo/op/unfold.hpp>

namespace cameo::generator {

void add_unfold(operator_table&) {}

}  // namespace cameo::generator
