// Imports com.microsoft's Attention, QAttention and MultiHeadAttention, which transformers become in onnxruntime's
// optimizers.
#include "import/operator_table.hpp"
#include "op/attention_mask.hpp"
#include "op/composition.hpp"
#include "op/microsoft_domain.hpp"
#include <cameo/op/dequantize_linear.hpp>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/matmul.hpp>
#include <cameo/op/softmax.hpp>
#include <limits>

namespace cameo::generator {

namespace {

/// Compares the places of keys with lists of the first ones that are seen, or not any more: the first or the second
/// half of one operand.
value* seen_by_length(source_node& n, value* lengths, dim batch, dim keys)
{
    value* places = counted(n, 0, {1, 1, 1, keys});
    const auto list = [&](dim first) {
        return n.reshaped(cast(n, sliced(n, lengths, 0, first, first + batch), element::int64), {batch, 1, 1, 1});
    };
    value* seen = n.compute(less(operand<0>, operand<1>), {places, list(0)});
    if (lengths->type.shape.count() == batch) {
        return seen;
    }
    return both(n, seen, n.compute(greater_or_equal(operand<0>, operand<1>), {places, list(batch)}));
}

/// Tells which keys the mask shows, in a shape that broadcasts to the scores.
value* seen_by_mask(source_node& n, value* mask, dim batch, dim queries, dim keys)
{
    const shape& s = mask->type.shape;
    if (s == shape{batch} || s == shape{2 * batch}) {
        return seen_by_length(n, mask, batch, keys);
    }
    if (s != shape{batch, keys} && s != shape{batch, queries, keys}) {
        throw unsupported("a mask of {} for {} queries and {} keys of a batch of {} is not supported: it must be a "
                          "list of lengths, batch x keys or batch x queries x keys",
            to_string(mask->type), queries, keys, batch);
    }
    value* by_scores = n.reshaped(mask, s.rank == 2 ? shape{batch, 1, 1, keys} : shape{batch, 1, queries, keys});
    return n.compute(greater(operand<0>, operand<1>), {by_scores, constant_number(n, mask->type.element, 0)});
}

/// Returns what is added to scores of batch x heads x queries x keys: the bias; mask_filter_value where a mask hides a
/// key; the lowest number for later keys if attribute unidirectional is set. Null if that is nothing.
value* bias_of_mask(source_node& n, value* mask, value* bias, const shape& scores, element type)
{
    const dim batch = scores[0], queries = scores[2], keys = scores[3];
    const double filter = n.number("mask_filter_value", -10000);
    value* all = nullptr;
    if (mask) {
        all = bias_where_hidden(n, seen_by_mask(n, mask, batch, queries, keys), type, filter);
    }
    if (n.integer("unidirectional", 0) != 0) {
        value* seen = seen_by_place(n, counted(n, keys - queries, {1, 1, queries, 1}), keys, -1, 0);
        constexpr double lowest = std::numeric_limits<float>::lowest();
        all = chosen(n, seen, all ? all : constant_number(n, type, 0), constant_number(n, type, lowest));
    }
    if (bias && broadcast(bias->type.shape, scores) != scores) {
        throw unsupported(
            "a bias of {} does not broadcast to scores of {}", to_string(bias->type), to_string({type, scores}));
    }
    return sum(n, all, bias);
}

/// Refuses a past that lies in the same memory as the present, and rotation.
void refuse_shared_buffers(const source_node& n)
{
    if (n.integer("past_present_share_buffer", 0) != 0 || n.integer("do_rotary", 0) != 0) {
        throw unsupported("attributes 'past_present_share_buffer' and 'do_rotary' must be 0");
    }
    n.integer("rotary_embedding_dim", 0);  // says nothing without do_rotary
}

/// Makes the node an attention with these queries, keys and values by heads; keys and values of the past are one value.
void become_attention(source_node& n, value* q, value* k, value* v, value* past, value* mask, value* bias)
{
    if (past && past->type.shape.rank != 5) {
        throw unsupported("the past must have 5 axes, found {}", to_string(past->type));
    }
    const auto part = [&](dim which) -> value* {
        const shape& s = past->type.shape;
        return n.reshaped(sliced(n, past, 0, which, which + 1), {s[1], s[2], s[3], s[4]});
    };
    k = with_past(n, past ? part(0) : nullptr, k);
    v = with_past(n, past ? part(1) : nullptr, v);
    const shape &of_q = q->type.shape, &of_k = k->type.shape;
    const shape scores{of_q[0], of_q[1], of_q[2], of_k[2]};
    n.set_result(0, join_heads(n, attend(n, q, k, v, bias_of_mask(n, mask, bias, scores, q->type.element))));
    if (n.has_output(1)) {
        const auto stacked = [&](value* x) {
            const shape& s = x->type.shape;
            return n.reshaped(x, {1, s[0], s[1], s[2], s[3]});
        };
        n.set_result(1, concatenated(n, 0, {stacked(k), stacked(v)}));
    }
}

/// Makes the node an attention of x to itself: the weights of queries, keys and values lie side by side.
void become_self_attention(
    source_node& n, value* x, value* weights, value* bias, value* past, value* mask, value* added)
{
    if (weights->type.shape.rank != 2 || (bias && bias->type.shape != shape{weights->type.shape[1]})) {
        throw unsupported("weights must have 2 axes, and a bias be as long as the second, found {} and {}",
            to_string(weights->type), bias ? to_string(bias->type) : "none");
    }
    const dim all = weights->type.shape[1], heads = n.integer("num_heads", 0);
    const std::vector<dim> parts = n.integers("qkv_hidden_sizes", {all / 3, all / 3, all - all / 3 * 2});
    if (parts.size() != 3) {
        throw unsupported("attribute 'qkv_hidden_sizes' must have three sizes, found {}", parts.size());
    }
    require_parts(parts, all);
    value* of[3];
    dim first = 0;
    for (std::size_t k = 0; k < 3; ++k) {
        const dim last = first + parts[k];
        value* y = product(n, x, sliced(n, weights, 1, first, last));
        of[k] = split_into_heads(n, sum(n, y, bias ? sliced(n, bias, 0, first, last) : nullptr), heads);
        first = last;
    }
    become_attention(n, of[0], of[1], of[2], past, mask, added);
}

void import_fused_attention(source_node& n)
{
    refuse_shared_buffers(n);
    become_self_attention(
        n, n.required_operand(0), n.required_operand(1), n.operand(2), n.operand(4), n.operand(3), n.operand(5));
}

/// Imports QAttention, whose input and weights are bytes; attention itself is computed in floats.
void import_quantized_attention(source_node& n)
{
    refuse_shared_buffers(n);
    value* x = dequantized(n, n.required_operand(0), n.required_operand(3), n.operand(6));
    value* weights = dequantized(n, n.required_operand(1), n.required_operand(4), n.operand(7), 1);
    become_self_attention(n, x, weights, n.operand(2), n.operand(8), n.operand(5), nullptr);
}

/// Takes one of several parts that lie side by side within each head, in batch x positions x heads x parts x numbers.
value* unpacked(source_node& n, value* packed, dim which, dim heads)
{
    const shape s = packed->type.shape;
    if (s[2] != heads) {
        throw unsupported("expected {} heads, found {}", heads, to_string(packed->type));
    }
    return n.reshaped(sliced(n, packed, 3, which, which + 1), {s[0], s[1], s[2] * s[4]});
}

/// The queries, keys and values of MultiHeadAttention, before their bias. Keys and values that are by heads already, as
/// a cache has them, get none.
struct given_parts {
    value *q, *k, *v;
};

given_parts parts_of(source_node& n, dim heads)
{
    value *q = n.required_operand(0), *k = n.operand(1), *v = n.operand(2);
    if (!k && q->type.shape.rank == 5 && q->type.shape[3] == 3) {
        return {unpacked(n, q, 0, heads), unpacked(n, q, 1, heads), unpacked(n, q, 2, heads)};
    }
    if (k && !v && k->type.shape.rank == 5 && k->type.shape[3] == 2) {
        return {q, unpacked(n, k, 0, heads), unpacked(n, k, 1, heads)};
    }
    if (!k || !v) {
        throw unsupported("keys and values are missing, and operand 0 is not packed: found {}", to_string(q->type));
    }
    return {q, k, v};
}

/// Adds a part of the bias, which has those of queries, keys and values one after another, and splits into heads.
value* with_bias(source_node& n, value* part, dim heads, dim& first)
{
    if (part->type.shape.rank == 4) {
        return part;
    }
    const dim width = part->type.shape.rank == 3 ? part->type.shape[2] : 0;
    value* bias = n.operand(3);
    if (bias) {
        if (bias->type.shape.rank != 1 || first + width > bias->type.shape[0]) {
            throw unsupported("a bias of {} is too short for queries, keys and values", to_string(bias->type));
        }
        part = sum(n, part, sliced(n, bias, 0, first, first + width));
    }
    first += width;
    return split_into_heads(n, part, heads);
}

void import_multi_head_attention(source_node& n)
{
    if (n.operand(8) || n.operand(9)) {
        throw unsupported("operands 8 and 9 (past_sequence_length, cache_indirection) are not supported");
    }
    const dim heads = n.integer("num_heads", 0);
    const given_parts given = parts_of(n, heads);
    dim first = 0;
    value *q = with_bias(n, given.q, heads, first), *k = with_bias(n, given.k, heads, first),
          *v = with_bias(n, given.v, heads, first);
    k = with_past(n, n.operand(6), k);
    v = with_past(n, n.operand(7), v);
    const shape &of_q = q->type.shape, &of_k = k->type.shape;
    const shape scores{of_q[0], of_q[1], of_q[2], of_k[2]};
    value* bias = bias_of_mask(n, n.operand(4), n.operand(5), scores, q->type.element);
    if (n.has_output(3)) {
        throw unsupported("output 3 (the scores) is not supported");
    }
    n.set_results({join_heads(n, attend(n, q, k, v, bias)), k, v});
}

}  // namespace

void add_fused_attention(operator_table& table)
{
    const auto add = [&](const char* name, import_function import, const char* limits) {
        table.add_of_domain<floating_elements, matmul_spec, softmax_spec, elementwise_spec>(
            microsoft_domain, name, {1}, std::move(import), limits);
    };
    add("Attention", import_fused_attention, "no rotation, past and present apart");
    table.add_of_domain<byte_elements, dequantize_linear_spec, matmul_spec, softmax_spec>(
        microsoft_domain, "QAttention", {1}, import_quantized_attention, "no rotation, past and present apart");
    add("MultiHeadAttention", import_multi_head_attention, "past and present apart, no scores as a result");
}

}  // namespace cameo::generator
