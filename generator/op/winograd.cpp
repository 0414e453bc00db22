// Instantiates the Winograd convolution that a pass puts in place of Conv; no ONNX operator becomes one.
#include "graph/define_operation.hpp"
#include "import/operator_table.hpp"
#include <cameo/op/winograd.hpp>

namespace cameo::generator {

template class operation_of<winograd_spec>;

void add_winograd(operator_table&) {}

}  // namespace cameo::generator
