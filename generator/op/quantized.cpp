// Instantiates the operations that a pass makes of quantized layers; no ONNX operator becomes one.
#include "graph/define_operation.hpp"
#include "import/operator_table.hpp"
#include <cameo/op/lookup.hpp>
#include <cameo/op/quantized_average_pool.hpp>
#include <cameo/op/quantized_conv.hpp>
#include <cameo/op/quantized_elementwise.hpp>

namespace cameo::generator {

template class operation_of<lookup_spec>;
template class operation_of<quantized_average_pool_spec>;
template class operation_of<quantized_conv_spec>;
template class operation_of<quantized_elementwise_spec>;

void add_quantized(operator_table&) {}

}  // namespace cameo::generator
