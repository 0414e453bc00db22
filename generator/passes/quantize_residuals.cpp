// QuantizeLinear(quantized convolution + residual) → a quantized convolution that adds the residual before it stores.
#include "passes/quantize.hpp"
#include <cameo/kernel/quantized_expression.hpp>
#include <cameo/op/quantized_conv.hpp>
#include <cameo/op/quantized_elementwise.hpp>

namespace cameo::generator {

namespace {

/// A rounded number, and the zero point that is added to it.
struct rounded_number {
    argument number;
    double zero_point = 0;
};

/// Returns what an expression stores before it is saturated; rounds it if the expression does not.
rounded_number round_result(elementwise_expression& p)
{
    const auto instruction_of = [&](const argument& a) {
        return a.is_constant() || a.is_operand() ? nullptr : &p.code[a.result()];
    };
    const auto rounds = [&](const argument& a) {
        return instruction_of(a) && instruction_of(a)->function == place_of<functions::round>();
    };
    const instruction* last = instruction_of(p.result);
    if (last && last->function == place_of<functions::add>() && rounds(last->arguments[0]) &&
        last->arguments[1].is_constant()) {
        return {last->arguments[0], last->arguments[1].constant};
    }
    return {rounds(p.result) ? p.result : p.append(cameo::round(operand<0>), {p.result})};
}

/// Returns the expression without the subtraction of operand k's zero point, if that is all it does with the operand.
std::optional<elementwise_expression> without_zero_point(
    const elementwise_expression& p, std::size_t k, double zero_point)
{
    if (zero_point == 0) {
        return p;
    }
    const argument read = argument::of_operand(static_cast<int>(k));
    elementwise_expression without;
    std::array<argument, elementwise_expression::capacity> moved{};
    const auto map = [&](const argument& a) { return a.is_constant() || a.is_operand() ? a : moved[a.result()]; };
    bool found = false;
    for (int i = 0; i < p.length; ++i) {
        instruction next = p.code[index(i)];
        const bool takes = next.function == place_of<functions::sub>() && next.arguments[0] == read &&
                           next.arguments[1] == argument::of_constant(zero_point);
        found = found || takes;
        for (std::size_t a = 0; a < next.count; ++a) {
            if (!takes && next.arguments[a] == read) {
                return std::nullopt;
            }
            next.arguments[a] = map(next.arguments[a]);
        }
        moved[index(i)] = takes ? read : without.append(next);
    }
    without.result = map(p.result);
    return found ? std::optional(without) : std::nullopt;
}

/// Finds the convolution that can absorb the elementwise layer into its epilogue: it makes operand k, and nothing else
/// reads that.
node* accumulating(const node& reader, std::size_t k)
{
    node* n = sole_producer(reader.operands()[k]);
    const auto* a = n ? n->attributes_of<quantized_conv_spec>() : nullptr;
    if (!a || a->to != element::uint8 || n->operand<&quantized_conv_spec::residual>() ||
        n->result()->type.shape != reader.result()->type.shape) {
        return nullptr;
    }
    return reader.operands()[1 - k]->type.shape == reader.result()->type.shape &&
                   reader.operands()[1 - k] != reader.operands()[k]
               ? n
               : nullptr;
}

/// Composes the convolution's epilogue with the layer's expression on operand<1>; the result is an overflow if it is
/// too long.
elementwise_expression joined(
    const elementwise_expression& epilogue, const elementwise_expression& compute, std::size_t k)
{
    elementwise_expression p = epilogue;
    const auto [number, zero_point] = round_result(p);
    const auto rest = without_zero_point(compute, k, zero_point);
    std::array<argument, elementwise_expression::max_operands> inputs{};
    inputs[k] = number.is_overflow() || !rest ? argument::overflow()
                                              : p.append(clip(operand<0>, -zero_point, 255 - zero_point), {number});
    inputs[1 - k] = argument::of_operand(1);
    p.result = inputs[k].is_overflow() ? inputs[k] : p.append(*rest, inputs);
    return p;
}

/// Makes an elementwise layer of two operands in bytes part of a convolution.
void add_to_convolution(graph& g, node& reader)
{
    const auto* f = reader.attributes_of<quantized_elementwise_spec>();
    if (!f || reader.operands().size() != 2 || f->to != element::uint8) {
        return;
    }
    node *first = accumulating(reader, 0), *second = accumulating(reader, 1);
    // The later one takes it: what it adds has been computed by then.
    const std::size_t k = !first || (second && graph::comes_before(*first, *second)) ? 1 : 0;
    node* fused = k ? second : first;
    if (!fused) {
        return;
    }
    auto* a = fused->attributes_of<quantized_conv_spec>();
    const elementwise_expression epilogue = joined(a->epilogue, f->compute, k);
    if (epilogue.result.is_overflow() || !exact_on_vectors(epilogue)) {
        return;
    }
    a->epilogue = epilogue;
    fused->set_operand<&quantized_conv_spec::residual>(reader.operand(1 - k));
    g.move_before(reader, *fused);
    take_result(g, *fused, reader);
}

}  // namespace

void add_quantized_residuals(graph& g)
{
    each_node(g, [&](node& n) { add_to_convolution(g, n); });
}

}  // namespace cameo::generator
