// Instantiates the history operation, which passes make of streamed state; no ONNX operator becomes one.
#include "import/operator_table.hpp"
#include <cameo/op/history.hpp>

namespace cameo::generator {

void add_history(operator_table&) {}

}  // namespace cameo::generator
