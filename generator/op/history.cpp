// The operation that passes make of state. No ONNX operator becomes one.
#include "graph/define_operation.hpp"
#include "import/operator_table.hpp"
#include <cameo/op/history.hpp>

namespace cameo::generator {

template class operation_of<history_spec>;

void add_history(operator_table&) {}

}  // namespace cameo::generator
