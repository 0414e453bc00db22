// The operation that passes make of state. No ONNX operator becomes one.
#include "import/operator_table.hpp"
#include <cameo/op/history.hpp>

namespace cameo::generator {

void add_history(operator_table&) {}

}  // namespace cameo::generator
