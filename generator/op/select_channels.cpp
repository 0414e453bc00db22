// The operation that a pass makes of Concat, Slice and channel shuffles. No ONNX operator becomes one by itself.
#include "graph/define_operation.hpp"
#include "import/operator_table.hpp"
#include <cameo/op/select_channels.hpp>

namespace cameo::generator {

template class operation_of<select_channels_spec>;

void add_select_channels(operator_table&) {}

}  // namespace cameo::generator
