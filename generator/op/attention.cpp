// Imports Attention as softmax(scale Q Kᵀ + mask) V for each head.
#include "import/element_code.hpp"
#include "import/operator_table.hpp"
#include "op/attention_mask.hpp"
#include "op/composition.hpp"
#include <algorithm>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/matmul.hpp>
#include <cameo/op/softmax.hpp>
#include <cmath>
#include <limits>

namespace cameo::generator {

attention_sizes sizes_of_attention(const value* q, const value* k, const value* v, dim past)
{
    const shape &of_q = q->type.shape, &of_k = k->type.shape, &of_v = v->type.shape;
    if (of_k[1] < 1 || of_q[1] % of_k[1] != 0) {
        throw unsupported("{} heads of queries do not divide among {} heads of keys", of_q[1], of_k[1]);
    }
    if (of_q[0] != of_k[0] || of_q[3] != of_k[3] || of_k[0] != of_v[0] || of_k[1] != of_v[1] || of_k[2] != of_v[2]) {
        throw unsupported("queries, keys and values do not fit together: {}, {}, {}", to_string(q->type),
            to_string(k->type), to_string(v->type));
    }
    return {of_q[0], of_q[1], of_k[1], of_q[2], of_k[2], past};
}

value* split_into_heads(source_node& n, value* v, dim heads)
{
    const shape& s = v->type.shape;
    if (s.rank != 3 || heads < 1 || s[2] % heads != 0) {
        throw unsupported("{} heads of {}: 3 axes are expected, of which the number of heads divides the last", heads,
            to_string(v->type));
    }
    return transposed(n, n.reshaped(v, {s[0], s[1], heads, s[2] / heads}), {0, 2, 1, 3});
}

value* join_heads(source_node& n, value* v)
{
    const shape s = v->type.shape;
    return n.reshaped(transposed(n, v, {0, 2, 1, 3}), {s[0], s[2], s[1] * s[3]});
}

value* with_past(source_node& n, value* past, value* now) { return past ? concatenated(n, 2, {past, now}) : now; }

value* capped(source_node& n, value* scores)
{
    const double cap = n.number("softcap", 0);
    if (cap < 0) {
        throw unsupported("attribute 'softcap' must not be negative, found {}", cap);
    }
    return cap > 0 ? n.compute(mul(tanh(div(operand<0>, cap)), cap), {scores}) : scores;
}

value* attend(source_node& n, value* q, value* k, value* v, value* bias)
{
    const attention_sizes sizes = sizes_of_attention(q, k, v, 0);
    const double given = n.number("scale", 0),
                 scale = given != 0 ? given : 1 / std::sqrt(static_cast<double>(q->type.shape[3]));
    value* scores = sum(n, capped(n, product_by_heads(n, q, transposed(n, k, {0, 1, 3, 2}), sizes, scale)), bias);
    return product_by_heads(n, n.add<softmax_spec>({.first = 3, .last = 4}, {scores})[0], v, sizes);
}

value* product_by_heads(source_node& n, value* left, value* right, const attention_sizes& sizes, double scale)
{
    const dim rows = sizes.query_heads / sizes.heads * sizes.queries, last = left->type.shape[3];
    value* y = product(n, n.reshaped(left, {sizes.batch, sizes.heads, rows, last}), right);
    if (scale != 1) {
        y = n.compute(mul(operand<0>, scale), {y});
    }
    return n.reshaped(y, {sizes.batch, sizes.query_heads, sizes.queries, y->type.shape[3]});
}

element softmax_precision(const source_node& n, element otherwise)
{
    const int code = element_code(n, "softmax_precision", otherwise);
    const element precision = n.element_for(code);
    if (!is_floating(precision)) {
        throw unsupported("attribute 'softmax_precision' must be a type of floats, found {}", element_type_name(code));
    }
    return precision;
}

namespace {

/// Reshapes operand k to batch x heads x positions x numbers. If it has three axes, the last one holds all heads.
value* by_heads(source_node& n, std::size_t k, const char* count_name)
{
    value* v = n.required_operand(k);
    const dim heads = n.integer(count_name, 0);
    const bool apart = v->type.shape.rank == 4 && (heads == 0 || heads == v->type.shape[1]);
    return apart ? v : split_into_heads(n, v, heads);
}

/// Computes the softmax in the type that softmax_precision names. A query that sees no key has weights of 0, where a
/// softmax would give NaN.
value* weights(source_node& n, value* scores, value* bias)
{
    const element type = scores->type.element, precision = softmax_precision(n, type);
    value* y = cast(n, n.add<softmax_spec>({.first = 3, .last = 4}, {cast(n, scores, precision)})[0], type);
    if (!bias) {
        return y;
    }
    value* largest = reduced(n, reduction::max, bias, {bias->type.shape.rank - 1});
    value* blind = n.compute(
        equal(operand<0>, operand<1>), {largest, constant_number(n, type, -std::numeric_limits<double>::infinity())});
    const tensor* known = n.constant_data(blind);
    if (known && !std::ranges::count(known->as<bool>(), true)) {
        return y;
    }
    return chosen(n, blind, constant_number(n, type, 0), y);
}

void import_attention(source_node& n)
{
    if (!n.operand(4) != !n.operand(5)) {
        throw unsupported("past keys and past values must be given together");
    }
    value* q = by_heads(n, 0, "q_num_heads");
    value *k = with_past(n, n.operand(4), by_heads(n, 1, "kv_num_heads")),
          *v = with_past(n, n.operand(5), by_heads(n, 2, "kv_num_heads"));
    const attention_sizes sizes = sizes_of_attention(q, k, v, n.operand(4) ? n.type(4).shape[2] : 0);
    const double scale = n.number("scale", 1 / std::sqrt(static_cast<double>(q->type.shape[3])));
    value* raw = product_by_heads(n, q, transposed(n, k, {0, 1, 3, 2}), sizes, scale);
    value* bounded = capped(n, raw);
    value* bias = attention_bias(n, sizes);
    value* biased = sum(n, bounded, bias);
    value* softmax = weights(n, biased, bias);
    value* y = product_by_heads(n, softmax, v, sizes);
    const dim shown = n.integer("qk_matmul_output_mode", 0);
    if (shown < 0 || shown > 3) {
        throw unsupported("attribute 'qk_matmul_output_mode' must be from 0 to 3, found {}", shown);
    }
    value* const stages[] = {raw, bounded, biased, softmax};
    if (n.type(0).shape.rank == 3) {
        y = join_heads(n, y);
    }
    n.set_results({y, k, v, stages[shown]});
}

}  // namespace

void add_attention(operator_table& table)
{
    table.add<floating_elements, matmul_spec, softmax_spec, elementwise_spec>(
        "Attention", {23, 24, 25}, import_attention, "`qk_matmul_output_mode` 0 to 3");
}

}  // namespace cameo::generator
