// Instantiates the reorder operation, which storage planning inserts; no ONNX operator becomes one.
#include "import/operator_table.hpp"
#include <cameo/op/reorder.hpp>

namespace cameo::generator {

void add_reorder(operator_table&) {}

}  // namespace cameo::generator
