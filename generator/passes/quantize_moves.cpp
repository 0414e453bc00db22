// Quantization and layers that only move numbers: these take bytes.
#include "passes/quantize.hpp"
#include <algorithm>
#include <cameo/op/concat.hpp>
#include <cameo/op/max_pool.hpp>
#include <cameo/op/quantized_elementwise.hpp>
#include <cameo/op/reshape.hpp>
#include <cameo/op/slice.hpp>
#include <cameo/op/transpose.hpp>

namespace cameo::generator {

namespace {

/// Is every element of the result the operand's, or the largest of some?
bool moves_one(const node* n)
{
    if (!n || !(n->attributes_of<reshape_spec>() || n->attributes_of<transpose_spec>() || n->attributes_of<slice_spec>() || n->attributes_of<max_pool_spec>())) return false;
    return n->operands.size() == 1 && (n->results.size() == 1 || !n->results[1]);
}

/// A new node with the quantization of `like` on another operand, of which `position` is the place.
value* quantized_like(graph& g, const node& like, value* operand, std::size_t at)
{
    auto n = std::make_unique<node>();
    n->op = like.op->clone();
    n->origins = like.origins;
    n->operands = like.operands;
    n->operands[0] = operand;
    n->results = {g.add_value(operand->name, n->op->results(n->operand_types())[0])};
    return g.insert(at, std::move(n))->results[0];
}

/// move(DequantizeLinear(x)) becomes DequantizeLinear(move(x)).
bool sink(graph& g, std::size_t i)
{
    node& n = *g.nodes[i];
    if (!moves_one(&n) || !quantization_of(n.operands[0]->producer) || !is_dequantize(n.operands[0]->producer)) return false;
    const node& from = *n.operands[0]->producer;
    value* result = n.results[0];
    n.operands[0] = from.operands[0];
    n.results[0] = g.add_value(result->name, n.op->results(n.operand_types())[0]);
    n.results[0]->producer = &n;
    g.replace(result, quantized_like(g, from, n.results[0], i + 1));
    return true;
}

/// QuantizeLinear(move(x)) becomes move(QuantizeLinear(x)); so of every operand of a Concat.
bool hoist(graph& g, std::size_t i)
{
    const node& n = *g.nodes[i];
    if (!is_quantize(&n) || !quantization_of(&n)) return false;
    node* mover = n.operands[0]->producer;
    const bool joins = mover && mover->attributes_of<concat_spec>();
    if ((!joins && !moves_one(mover)) || !sole_producer(g, g.uses(), n.operands[0])) return false;
    std::size_t at = position(g, mover);
    for (value*& operand : mover->operands) operand = quantized_like(g, n, operand, at++);
    value* result = n.results[0];
    mover->results[0] = result;
    result->producer = mover;
    g.nodes.erase(g.nodes.begin() + static_cast<std::ptrdiff_t>(position(g, &n)));
    return true;
}

/// QuantizeLinear(DequantizeLinear(x)) of the same quantization is x.
bool cancel(graph& g, std::size_t i)
{
    const node& n = *g.nodes[i];
    const auto q = quantization_of(&n);
    if (!q || !is_quantize(&n) || g.is_kept(n.results[0]) || !is_dequantize(n.operands[0]->producer) || quantization_of(n.operands[0]->producer) != q) return false;
    g.replace(n.results[0], n.operands[0]->producer->operands[0]);
    g.nodes.erase(g.nodes.begin() + static_cast<std::ptrdiff_t>(i));
    return true;
}

/// Adds 128 to the zero point, an int8, of a node, which then is of uint8.
void shift_zero_point(graph& g, node& n)
{
    const value* zero = n.operands.size() > 2 ? n.operands[2] : nullptr;
    const dim shifted = (zero ? integers(*zero->data)[0] : 0) + 128;
    n.operands.resize(3);
    n.operands[2] = g.add_constant(zero ? zero->name : n.operands[0]->name + "_zero_point", scalar(static_cast<std::uint8_t>(shifted), n.operands[1]->type.shape));
}

/// QuantizeLinear to int8, read by DequantizeLinear only, quantizes to uint8.
void quantize_unsigned(graph& g)
{
    for (const auto& n : g.nodes) {
        const auto q = quantization_of(n.get());
        value* bytes = n->results[0];
        if (!q || !is_quantize(n.get()) || q->type != element::int8 || g.is_kept(bytes)) continue;
        std::vector<node*> readers;
        for (const auto& reader : g.nodes)
            if (std::find(reader->operands.begin(), reader->operands.end(), bytes) != reader->operands.end()) readers.push_back(reader.get());
        if (!std::all_of(readers.begin(), readers.end(), [](const node* r) { return is_dequantize(r) && quantization_of(r); })) continue;
        for (node* reader : readers) shift_zero_point(g, *reader);
        shift_zero_point(g, *n);
        n->attributes_of<quantize_linear_spec>()->to = bytes->type.element = element::uint8;
    }
}

/// Other int8, as of an input, is made uint8 before DequantizeLinear.
void dequantize_unsigned(graph& g)
{
    std::map<value*, value*> shifted;
    for (std::size_t i = 0; i < g.nodes.size(); ++i) {
        node& n = *g.nodes[i];
        const auto q = quantization_of(&n);
        if (!q || !is_dequantize(&n) || q->type != element::int8 || n.operands[0]->data) continue;
        value*& bytes = shifted[n.operands[0]];
        shift_zero_point(g, n);
        if (!bytes) {
            auto made = make_node<quantized_elementwise_spec>({.compute = add(operand<0>, 128)}, n.origins.front(), {n.operands[0]});
            bytes = g.add_value(n.operands[0]->name + "_unsigned", made->op->results(made->operand_types())[0]);
            made->results = {bytes};
            g.insert(i++, std::move(made));
        }
        n.operands[0] = bytes;
    }
}

}  // namespace

void store_unsigned(graph& g)
{
    quantize_unsigned(g);
    dequantize_unsigned(g);
}

void move_quantization(graph& g)
{
    for (std::size_t i = 0; i < g.nodes.size();)
        i = sink(g, i) || hoist(g, i) || cancel(g, i) ? 0 : i + 1;
}

}  // namespace cameo::generator
