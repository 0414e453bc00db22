// Instantiates the history operation, which passes make of streamed state; no ONNX operator becomes one.
#include "graph/define_operation.hpp"
#include "import/operator_table.hpp"
#include <cameo/op/history.hpp>

namespace cameo::generator {

template class operation_of<history_spec>;

void add_history(operator_table&) {}

}  // namespace cameo::generator
