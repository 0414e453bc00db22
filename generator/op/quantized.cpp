// Instantiates the operations that a pass makes of quantized layers; no ONNX operator becomes one.
#include "import/operator_table.hpp"
#include <cameo/op/lookup.hpp>
#include <cameo/op/quantized_average_pool.hpp>
#include <cameo/op/quantized_conv.hpp>
#include <cameo/op/quantized_elementwise.hpp>

namespace cameo::generator {

void add_quantized(operator_table&) {}

}  // namespace cameo::generator
