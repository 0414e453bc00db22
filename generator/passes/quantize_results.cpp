// QuantizeLinear(quantized layer) → the layer itself stores bytes.
#include "passes/quantize.hpp"
#include <algorithm>
#include <cameo/kernel/quantized_expression.hpp>
#include <cameo/op/quantized_average_pool.hpp>
#include <cameo/op/quantized_conv.hpp>
#include <cameo/op/quantized_elementwise.hpp>

namespace cameo::generator {

namespace {

/// Composes two expressions; the result is an overflow if it is too long.
elementwise_expression after(const elementwise_expression& first, const elementwise_expression& second)
{
    elementwise_expression p;
    const std::array<argument, elementwise_expression::max_operands> same{
        argument::of_operand(0), argument::of_operand(1)};
    const argument inner = p.append(first, same);
    p.result = inner.is_overflow() ? inner : p.append(second, {inner});
    return p;
}

/// Tells whether the sum is only scaled and perhaps bounded below by 0: then the scale of the result can be merged with
/// that of the sum.
bool keeps_proportion(const elementwise_expression& p) { return p.empty() || p == relu(operand<0>); }

/// Makes an elementwise function of one operand, such as an activation, part of the convolution before it.
bool add_activation(graph& g, node& conv, node& reader)
{
    auto* a = conv.attributes_of<quantized_conv_spec>();
    const auto* f = reader.attributes_of<elementwise_spec>();
    if (!a || !f || reader.operands().size() != 1 || a->to != element::float32 || !exact_on_vectors(f->compute)) {
        return false;
    }
    const elementwise_expression epilogue = after(a->epilogue, f->compute);
    if (epilogue.result.is_overflow()) {
        return false;
    }
    a->epilogue = epilogue;
    take_result(g, conv, reader);
    return true;
}

bool quantize_sum(graph& g, node& conv, node& quantize, const quantization& q)
{
    auto* a = conv.attributes_of<quantized_conv_spec>();
    if (!a || a->to != element::float32) {
        return false;
    }
    const bool one_scale = keeps_proportion(a->epilogue);
    const quantization rest{one_scale ? 1 : q.scale, q.zero_point};
    const elementwise_expression last = one_scale && q.zero_point == 0 ? operand<0>
                                        : one_scale ? add(round(operand<0>), static_cast<double>(q.zero_point))
                                                    : quantization_by_product(rest);
    const elementwise_expression epilogue = after(a->epilogue, last);
    if (epilogue.result.is_overflow()) {
        return false;
    }
    if (one_scale) {
        const auto divided = [&](std::size_t k) {
            tensor t = *conv.operands()[k]->data;
            for (double& s : t.as<double>()) {
                s /= static_cast<double>(q.scale);
            }
            conv.set_operand(k, g.add_constant(conv.operand(k)->name, std::move(t)));
        };
        divided(2);
        if (conv.operands().size() > 5) {
            divided(5);
        }
    }
    a->epilogue = epilogue;
    a->to = element::uint8;
    take_result(g, conv, quantize);
    return true;
}

bool quantize_average(graph& g, node& pool, node& quantize, const quantization& q)
{
    auto* a = pool.attributes_of<quantized_average_pool_spec>();
    if (!a || a->to != element::float32) {
        return false;
    }
    a->epilogue = quantization_by_quotient(q);
    a->to = element::uint8;
    take_result(g, pool, quantize);
    return true;
}

/// Tells whether a common factor of the operands becomes a factor of the result.
bool is_proportional(const elementwise_expression& p)
{
    return p == add(operand<0>, operand<1>) || p == relu(add(operand<0>, operand<1>)) ||
           p == sub(operand<0>, operand<1>);
}

/// The stored numbers behind a DequantizeLinear as uint8. Constants in int8 are shifted; other bytes than these are not
/// accepted.
struct stored_bytes {
    value* bytes = nullptr;
    quantization q;
};
std::optional<stored_bytes> bytes_of(graph& g, const node* from)
{
    auto q = is_dequantize(from) ? quantization_of(from) : std::nullopt;
    if (!q) {
        return std::nullopt;
    }
    value* stored = from->operands()[0];
    if (q->type == element::uint8) {
        return stored_bytes{stored, *q};
    }
    if (!stored->data) {
        return std::nullopt;
    }
    tensor shifted = *stored->data;
    shifted.type.element = q->type = element::uint8;
    for (std::byte& b : shifted.bytes) {
        b ^= std::byte{128};
    }
    q->zero_point += 128;
    return stored_bytes{g.add_constant(stored->name, std::move(shifted)), *q};
}

/// Makes an expression on bytes from the elementwise node `n`, or from the identity, if all operands are dequantized;
/// null otherwise.
std::unique_ptr<node> on_bytes(graph& g, const node& quantize, const node* n, const quantization& q)
{
    elementwise_expression p;
    std::vector<value*> bytes;
    std::array<argument, elementwise_expression::max_operands> inputs{};
    const elementwise_expression compute = n ? n->attributes_of<elementwise_spec>()->compute : operand<0>;
    const bool one_scale = is_proportional(compute);
    for (const value* v : n ? n->operands() : std::vector<value*>{quantize.operands()[0]}) {
        auto of = bytes_of(g, v->producer());
        if (!of) {
            return nullptr;
        }
        if (one_scale) {
            of->q.scale /= q.scale;
        }
        inputs[bytes.size()] = p.append(dequantization(of->q), {argument::of_operand(static_cast<int>(bytes.size()))});
        bytes.push_back(of->bytes);
    }
    if (std::any_of(inputs.begin(), inputs.end(), [](const argument& a) { return a.is_overflow(); })) {
        return nullptr;
    }
    const argument computed = p.append(compute, inputs);
    if (computed.is_overflow()) {
        return nullptr;
    }
    p.result = p.append(bytes.size() == 1 ? quantization_by_quotient(q)
                        : one_scale       ? quantization_by_product({1, q.zero_point})
                                          : quantization_by_product(q),
        {computed});
    if (p.result.is_overflow() || (bytes.size() > 1 && !exact_on_vectors(p))) {
        return nullptr;
    }
    auto made = make_node<quantized_elementwise_spec>(
        {.compute = p, .to = element::uint8}, n ? n->origins.front() : quantize.origins.front(), bytes);
    if (n) {
        made->origins = n->origins;
    }
    append_origins(*made, quantize);
    return made;
}

bool quantize_elementwise(graph& g, node* n, node& quantize, const quantization& q)
{
    const bool requantizes = n && is_dequantize(n);
    if (!n || (!requantizes && !n->attributes_of<elementwise_spec>())) {
        return false;
    }
    auto made = on_bytes(g, quantize, requantizes ? nullptr : n, q);
    if (!made) {
        return false;
    }
    made->set_results({quantize.result()});
    g.insert_before(quantize, std::move(made));
    g.erase(quantize);
    if (!requantizes) {
        g.erase(*n);
    }
    return true;
}

/// Merges one QuantizeLinear or activation into the layer before it.
bool quantize_one(graph& g, node& n)
{
    const value* x = n.operands().empty() ? nullptr : n.operand(0);
    if (!x || !x->producer()) {
        return false;
    }
    const auto q = is_quantize(&n) ? quantization_of(&n) : std::nullopt;
    const bool to_bytes = q && q->type == element::uint8;
    if (to_bytes && is_dequantize(x->producer())) {
        return quantize_elementwise(g, x->producer(), n, *q);
    }
    if (!to_bytes && !n.attributes_of<elementwise_spec>()) {
        return false;
    }
    node* producer = sole_producer(x);
    if (!producer) {
        return false;
    }
    if (!to_bytes) {
        return add_activation(g, *producer, n);
    }
    return quantize_sum(g, *producer, n, *q) || quantize_average(g, *producer, n, *q) ||
           quantize_elementwise(g, producer, n, *q);
}

}  // namespace

void quantize_results(graph& g)
{
    for (bool changed = true; changed;) {
        changed = false;
        each_node(g, [&](node& n) { changed = quantize_one(g, n) || changed; });
    }
}

}  // namespace cameo::generator
