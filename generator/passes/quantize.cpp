// QuantizeLinear(f(DequantizeLinear(x))) → an operator on bytes, in steps: convolutions, pools, results, residuals, the
// rest.
#include "passes/quantize.hpp"
#include "passes/passes.hpp"
#include <algorithm>
#include <limits>

namespace cameo::generator {

std::optional<quantization> quantization_of(const node* n)
{
    if (!is_quantize(n) && !is_dequantize(n)) {
        return std::nullopt;
    }
    const value *scale = n->operand(1), *zero = n->operand(2);
    if (!scale->data || scale->type.shape.count() != 1 || (zero && !zero->data)) {
        return std::nullopt;
    }
    quantization q{scale->data->as<float>()[0], zero ? integers(*zero->data)[0] : 0,
        is_quantize(n) ? n->result()->type.element : n->operand(0)->type.element};
    const bool bytes = q.type == element::uint8 || q.type == element::int8;
    return bytes && q.scale > 0 && q.scale < std::numeric_limits<float>::infinity() ? std::optional(q) : std::nullopt;
}

elementwise_expression dequantization(const quantization& q)
{
    const double zero = static_cast<double>(q.zero_point), scale = static_cast<double>(q.scale);
    return q.zero_point == 0 ? mul(operand<0>, scale) : mul(sub(operand<0>, zero), scale);
}

namespace {

elementwise_expression with_zero_point(const elementwise_expression& scaled, const quantization& q)
{
    return q.zero_point == 0 ? scaled : add(round(scaled), static_cast<double>(q.zero_point));
}

}  // namespace

elementwise_expression quantization_by_product(const quantization& q)
{
    return with_zero_point(q.scale == 1 ? operand<0> : mul(operand<0>, static_cast<double>(1 / q.scale)), q);
}

elementwise_expression quantization_by_quotient(const quantization& q)
{
    return with_zero_point(div(operand<0>, static_cast<double>(q.scale)), q);
}

/// Makes integer operators of the layers between DequantizeLinear and QuantizeLinear. Those for which there is no
/// integer operator stay as they are.
void quantize(graph& g)
{
    if (std::none_of(g.nodes().begin(), g.nodes().end(), [](const auto& n) { return is_dequantize(n.get()); })) {
        return;
    }
    for (const auto step : {store_unsigned, move_quantization, quantize_convolutions, quantize_pools, quantize_results,
             round_scales, add_quantized_residuals, quantize_borders}) {
        step(g);
        remove_dead_nodes(g);  // they would count as readers
    }
}

}  // namespace cameo::generator
