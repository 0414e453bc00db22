// Instantiates the channel selection that a pass makes of Concat, Slice and shuffles; no ONNX operator becomes one.
#include "graph/define_operation.hpp"
#include "import/operator_table.hpp"
#include <cameo/op/select_channels.hpp>

namespace cameo::generator {

template class operation_of<select_channels_spec>;

void add_select_channels(operator_table&) {}

}  // namespace cameo::generator
