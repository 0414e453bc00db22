// The operation that a pass makes of Concat, Slice and channel shuffles. No ONNX operator becomes one by itself.
#include "import/operator_table.hpp"
#include <cameo/op/select_channels.hpp>

namespace cameo::generator {

void add_select_channels(operator_table&) {}

}  // namespace cameo::generator
