// The operation that a pass puts before a convolution. No ONNX operator becomes one.
#include "graph/define_operation.hpp"
#include "import/operator_table.hpp"
#include <cameo/op/unfold.hpp>

namespace cameo::generator {

template class operation_of<unfold_spec>;

void add_unfold(operator_table&) {}

}  // namespace cameo::generator
