// Instantiates the unfolding (im2col) that a pass puts before a convolution; no ONNX operator becomes one.
#include "graph/define_operation.hpp"
#include "import/operator_table.hpp"
#include <cameo/op/unfold.hpp>

namespace cameo::generator {

template class operation_of<unfold_spec>;

void add_unfold(operator_table&) {}

}  // namespace cameo::generator
