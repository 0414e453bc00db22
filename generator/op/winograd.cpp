// The operation that a pass puts in place of a convolution. No ONNX operator becomes one.
#include "import/operator_table.hpp"
#include <cameo/op/winograd.hpp>

namespace cameo::generator {

void add_winograd(operator_table&) {}

}  // namespace cameo::generator
