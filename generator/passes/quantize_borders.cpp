// QuantizeLinear or DequantizeLinear at a border of integer layers → part of an elementwise expression; a function of
// one byte → a table.
#include "passes/quantize.hpp"
#include <cameo/op/lookup.hpp>
#include <cameo/op/quantized_elementwise.hpp>

namespace cameo::generator {

namespace {

/// Turns a remaining QuantizeLinear or DequantizeLinear into an elementwise expression.
void become_expression(node& n, const quantization& q)
{
    const elementwise_expression p = is_quantize(&n) ? quantization_by_quotient(q) : dequantization(q);
    const element to = n.result()->type.element;
    n.become<quantized_elementwise_spec>({.compute = p, .to = to}, {n.operand(0)});
}

/// Tabulates a function from bytes to bytes by its 256 values.
void become_table(graph& g, node& n)
{
    tensor x(u8<256>), table(u8<256>);
    for (std::size_t i = 0; i < 256; ++i) {
        x.as<std::uint8_t>()[i] = static_cast<std::uint8_t>(i);
    }
    std::vector<tensor> results{table};
    budget unlimited;
    n.op->evaluate({&x}, results, unlimited);
    n.become<lookup_spec>({}, {n.operand(0), g.add_constant(n.result()->name + "_table", std::move(results[0]))});
}

}  // namespace

void quantize_borders(graph& g)
{
    for (const auto& n : g.nodes()) {
        const auto q = quantization_of(n.get());
        if (q && !n->operand(0)->data) {
            become_expression(*n, *q);
        }
        const auto* a = n->attributes_of<quantized_elementwise_spec>();
        if (a && a->to == element::uint8 && n->operands().size() == 1 &&
            n->operand(0)->type.element == element::uint8) {
            become_table(g, *n);
        }
    }
}

}  // namespace cameo::generator
