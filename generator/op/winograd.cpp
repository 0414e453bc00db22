// Instantiates the Winograd convolution that a pass puts in place of Conv; no ONNX operator becomes one.
#include "import/operator_table.hpp"
#include <cameo/op/winograd.hpp>

namespace cameo::generator {

void add_winograd(operator_table&) {}

}  // namespace cameo::generator
