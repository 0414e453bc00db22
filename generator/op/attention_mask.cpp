// Builds the mask of Attention, which is added to the scores: attn_mask, is_causal, window sizes, nonpad_kv_seqlen.
#include "op/attention_mask.hpp"
#include "op/composition.hpp"
#include <algorithm>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/pad.hpp>
#include <limits>

namespace cameo::generator {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Returns the number of valid keys in each element of the batch, shaped for comparison; null if none are padding.
value* valid_keys(source_node& n, const attention_sizes& sizes)
{
    value* given = n.opset() < 24 ? nullptr : n.operand(6);
    if (!given) {
        return nullptr;
    }
    if (given->type.shape != shape{sizes.batch}) {
        throw unsupported(
            "operand 6 (nonpad_kv_seqlen) must be a list of {}, found {}", sizes.batch, to_string(given->type));
    }
    if (n.operand(4) || n.has_output(1) || n.has_output(2)) {
        throw unsupported("operand 6 (nonpad_kv_seqlen) cannot be used together with past or present keys and values");
    }
    return n.reshaped(cast(n, given, element::int64), {sizes.batch, 1, 1, 1});
}

/// Builds the visibility that is_causal and the window sizes define.
value* seen_keys(source_node& n, const attention_sizes& sizes, value* valid)
{
    const auto size = [&](const char* name) {
        const dim given = n.opset() < 25 ? -1 : n.integer(name, -1);
        if (given < -1) {
            throw unsupported("attribute '{}' must be -1 or more, found {}", name, given);
        }
        return given;
    };
    const dim left = size("left_window_size"), right = size("right_window_size");
    value* places = sum(n, counted(n, valid ? -sizes.queries : sizes.past, {sizes.queries, 1}), valid);
    value* seen = seen_by_place(n, places, sizes.keys, left, n.integer("is_causal", 0) != 0 ? 0 : right);
    return valid ? both(n, seen, n.compute(less(operand<0>, operand<1>), {counted(n, 0, {1, sizes.keys}), valid}))
                 : seen;
}

/// Pads the mask to the number of keys: since opset 24, keys beyond a mask are not seen.
value* whole_mask(source_node& n, const attention_sizes& sizes)
{
    value* mask = n.operand(3);
    if (!mask) {
        return nullptr;
    }
    const shape s = mask->type.shape;
    const dim missing = s.rank > 0 ? sizes.keys - s[s.rank - 1] : 0;
    if (missing > 0 && n.opset() >= 24) {
        if (sizes.keys - missing == 1) {
            throw unsupported(
                "a mask of one key for {} could be broadcast or padded, found {}", sizes.keys, to_string(mask->type));
        }
        pad_attributes a;
        a.begin.rank = a.end.rank = s.rank;
        a.end[s.rank - 1] = missing;
        mask = n.add<pad_spec>(a,
            {mask, constant_number(n, mask->type.element, mask->type.element == element::boolean ? 0 : -infinity)})[0];
    }
    const shape scores{sizes.batch, sizes.query_heads, sizes.queries, sizes.keys};
    if (broadcast(mask->type.shape, scores) != scores) {
        throw unsupported("a mask of {} does not broadcast to scores of {}", to_string(n.type(3)),
            to_string({n.type(0).element, scores}));
    }
    return mask;
}

}  // namespace

value* both(source_node& n, value* a, value* b)
{
    return !a ? b : !b ? a : n.compute(logical_and(operand<0>, operand<1>), {a, b});
}

value* seen_by_place(source_node& n, value* places, dim keys, dim left, dim right)
{
    const auto keys_from = [&](dim first) { return counted(n, first, {1, keys}); };
    value* seen = nullptr;
    if (right >= 0) {
        seen = n.compute(less_or_equal(operand<0>, operand<1>), {keys_from(-right), places});
    }
    if (left >= 0) {
        const dim first = std::min(left, dim{1} << 62);  // no place is as far, and no sum overflows
        seen = both(n, seen, n.compute(greater_or_equal(operand<0>, operand<1>), {keys_from(first), places}));
    }
    return seen;
}

value* bias_where_hidden(source_node& n, value* seen, element type, double otherwise)
{
    return chosen(n, seen, constant_number(n, type, 0), constant_number(n, type, otherwise));
}

value* attention_bias(source_node& n, const attention_sizes& sizes)
{
    value* mask = whole_mask(n, sizes);
    value* seen = seen_keys(n, sizes, valid_keys(n, sizes));
    const element type = n.type(0).element;
    if (mask && mask->type.element == element::boolean) {
        seen = both(n, seen, mask);
        mask = nullptr;
    }
    if (!seen) {
        return mask;
    }
    return sum(n, mask, bias_where_hidden(n, seen, type, -infinity));
}

}  // namespace cameo::generator
