// Instantiates the reorder operation, which storage planning inserts; no ONNX operator becomes one.
#include "graph/define_operation.hpp"
#include "import/operator_table.hpp"
#include <cameo/op/reorder.hpp>

namespace cameo::generator {

template class operation_of<reorder_spec>;

void add_reorder(operator_table&) {}

}  // namespace cameo::generator
