// What is added to the result of a quantized convolution is added before it is stored.
#include "passes/quantize.hpp"
#include <cameo/kernel/quantized_program.hpp>
#include <cameo/op/quantized_conv.hpp>
#include <cameo/op/quantized_elementwise.hpp>

namespace cameo::generator {

namespace {

/// Is the result of the program an integer?
bool is_integral(const program& p)
{
    const auto of_round = [&](const argument& a) { return !a.is_constant() && !a.is_operand() && p.code[a.result()].function == place_of<functions::round>(); };
    if (p.result.is_constant() || p.result.is_operand()) return false;
    const instruction& last = p.code[p.result.result()];
    return of_round(p.result) || (last.function == place_of<functions::add>() && of_round(last.arguments[0]));  // of a zero point
}

/// The convolution that can take the elementwise layer as what follows its sums: operand k of it, which nobody else reads.
node* host_of(const graph& g, const std::map<const value*, int>& uses, const node& reader, std::size_t k)
{
    node* n = sole_producer(g, uses, reader.operands[k]);
    const auto* a = n ? n->attributes_of<quantized_conv_spec>() : nullptr;
    if (!a || a->to != element::uint8 || n->operands.size() > 4 || n->results[0]->type.shape != reader.results[0]->type.shape) return nullptr;
    return reader.operands[1 - k]->type.shape == reader.results[0]->type.shape && reader.operands[1 - k] != reader.operands[k] ? n : nullptr;
}

/// What the convolution stored, and then the layer did with it and with operand<1>. Overflow in its result where that is too long.
program joined(const program& then, const program& compute, std::size_t k)
{
    program p = then;
    if (!is_integral(then)) p.result = p.append(round(operand<0>), {p.result});
    argument stored = p.result;
    if (!stored.is_overflow()) stored = p.append(clip(operand<0>, 0, 255), {stored});
    std::array<argument, program::max_operands> inputs{};
    inputs[k] = stored;
    inputs[1 - k] = argument::of_operand(1);
    p.result = stored.is_overflow() ? stored : p.append(compute, inputs);
    return p;
}

bool absorb(graph& g, std::size_t i)
{
    node& reader = *g.nodes[i];
    const auto* f = reader.attributes_of<quantized_elementwise_spec>();
    if (!f || reader.operands.size() != 2 || f->to != element::uint8) return false;
    const auto uses = g.uses();
    node *first = host_of(g, uses, reader, 0), *second = host_of(g, uses, reader, 1);
    // The later one takes it: what it adds has been computed by then.
    const std::size_t k = !first || (second && position(g, second) > position(g, first)) ? 1 : 0;
    node* host = k ? second : first;
    if (!host) return false;
    auto* a = host->attributes_of<quantized_conv_spec>();
    const program then = joined(a->then, f->compute, k);
    if (then.result.is_overflow() || !exact_on_vectors(then)) return false;
    a->then = then;
    host->operands.push_back(reader.operands[1 - k]);
    host->results[0] = reader.results[0];
    host->results[0]->producer = host;
    append_origins(*host, reader);
    const std::size_t at = position(g, host);
    g.nodes[i] = std::move(g.nodes[at]);
    g.nodes.erase(g.nodes.begin() + static_cast<std::ptrdiff_t>(at));
    return true;
}

}  // namespace

void add_quantized_residuals(graph& g)
{
    for (std::size_t i = 0; i < g.nodes.size();)
        if (!absorb(g, i)) ++i;
}

}  // namespace cameo::generator
