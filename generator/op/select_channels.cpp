// Instantiates the channel selection that a pass makes of Concat, Slice and shuffles; no ONNX operator becomes one.
#include "import/operator_table.hpp"
#include <cameo/op/select_channels.hpp>

namespace cameo::generator {

void add_select_channels(operator_table&) {}

}  // namespace cameo::generator
