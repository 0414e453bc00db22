// Imports com.microsoft's GroupQueryAttention: attention over a cache of keys and values, to which each call appends.
#include "import/operator_table.hpp"
#include "op/attention_mask.hpp"
#include "op/composition.hpp"
#include "op/microsoft_domain.hpp"
#include "op/rotary_embedding.hpp"
#include <algorithm>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/expand.hpp>
#include <cameo/op/matmul.hpp>
#include <cameo/op/pad.hpp>
#include <cameo/op/softmax.hpp>
#include <limits>

namespace cameo::generator {

namespace {

/// Refuses what changes the result and is not imported.
void refuse_options(const source_node& n)
{
    for (const char* name : {"sliding_window_cache", "qk_output", "kv_cache_bit_width"}) {
        if (n.integer(name, 0) != 0) {
            throw unsupported("attribute '{}' must be 0", name);
        }
    }
    for (const char* name : {"k_quant_type", "v_quant_type"}) {
        if (n.text(name, "NONE") != "NONE") {
            throw unsupported("attribute '{}' must be NONE", name);
        }
    }
    if (n.integer("smooth_softmax", 0) > 0 || n.integer("causal", 1) != 1) {
        throw unsupported("attributes 'smooth_softmax' and 'causal' must be 0 and 1");
    }
    for (std::size_t k = 11; k < n.operand_count(); ++k) {
        if (n.operand(k)) {
            throw unsupported("operands from 11 on are not supported");
        }
    }
    n.number("qk_norm_epsilon", 0);  // says nothing without their operands
}

/// The queries, keys and values of this call, by heads.
struct given_heads {
    value *q, *k, *v;
};

given_heads heads_of(source_node& n)
{
    const dim heads = n.integer("num_heads", 0), key_heads = n.integer("kv_num_heads", 0);
    value *q = n.required_operand(0), *k = n.operand(1), *v = n.operand(2);
    if (q->type.shape.rank != 3 || heads < 1 || heads > q->type.shape[2] || key_heads < 1 || heads % key_heads != 0) {
        throw unsupported("{} heads of {} with {} of keys: the first must be a multiple of the second", heads,
            to_string(q->type), key_heads);
    }
    if (!k) {
        const dim width = q->type.shape[2], size = width / (heads + 2 * key_heads);
        require_parts({size * heads, size * key_heads, size * key_heads}, width);
        value* packed = q;
        q = sliced(n, packed, 2, 0, size * heads);
        k = sliced(n, packed, 2, size * heads, size * (heads + key_heads));
        v = sliced(n, packed, 2, size * (heads + key_heads), width);
    }
    if (!v) {
        throw unsupported("there are keys, but no values");
    }
    return {split_into_heads(n, q, heads), split_into_heads(n, k, key_heads), split_into_heads(n, v, key_heads)};
}

/// Returns the place of the first query among the keys, of each element of the batch: 0 if all that there is comes with
/// this call.
value* first_places(source_node& n, dim batch, dim queries)
{
    if (n.type(5).shape.count() != batch || n.type(6).shape.count() != 1) {
        throw unsupported("operands 5 and 6 must be a list of {} lengths and one number, found {} and {}", batch,
            to_string(n.type(5)), to_string(n.type(6)));
    }
    const shape all{batch, 1, 1, 1};
    value* last = n.reshaped(cast(n, n.required_operand(5), element::int64), all);
    value* total = n.reshaped(cast(n, n.required_operand(6), element::int64), {});
    value* comes_whole = n.compute(equal(operand<0>, static_cast<double>(queries)), {total});
    value* before = n.compute(add(operand<0>, static_cast<double>(1 - queries)), {last});
    return n.add<expand_spec>({all}, {chosen(n, comes_whole, constant_number(n, element::int64, 0), before)})[0];
}

/// Rotates queries or keys by the angles of their places.
value* turned(source_node& n, value* x, value* places)
{
    if (n.integer("do_rotary", 0) == 0) {
        return x;
    }
    const shape& s = x->type.shape;
    if (value* given = n.operand(9)) {
        places = given;
    }
    const auto of_places = [&](std::size_t k) {
        const shape& cache = n.type(k).shape;
        if (cache.rank != 2 || 2 * cache[1] > s[3]) {
            throw unsupported("a cache of {} does not suit {}", to_string(n.type(k)), to_string(x->type));
        }
        value* all = angles(n, k, n.reshaped(places, {s[0], s[2]}), {s[0], s[2], cache[1]});
        return n.reshaped(all, {s[0], 1, s[2], cache[1]});
    };
    return rotated(n, x, of_places(7), of_places(8), n.integer("rotary_interleaved", 0) != 0);
}

/// Writes the keys or values of this call into the cache, which grows to `room` positions.
value* updated(source_node& n, value* past, value* now, value* places, dim room)
{
    const shape& s = now->type.shape;
    const dim before = past ? past->type.shape[2] : 0;
    if (past && past->type.shape != shape{s[0], s[1], before, s[3]}) {
        throw unsupported("a past of {} does not suit {}", to_string(past->type), to_string(now->type));
    }
    const tensor* known = n.constant_data(places);
    if (known && room == before + s[2] && std::ranges::min(known->as<dim>()) == before &&
        std::ranges::max(known->as<dim>()) == room - 1) {
        return with_past(n, past, now);
    }
    value* cache = past;
    if (!past) {
        cache = n.add_constant(n.make_constant({now->type.element, {s[0], s[1], room, s[3]}}));
    } else if (room > before) {
        pad_attributes to_room;
        to_room.begin.rank = to_room.end.rank = 4;
        to_room.end[2] = room - before;
        cache = n.add<pad_spec>(to_room, {past})[0];
    }
    return written(n, cache, 2, places, now);
}

/// Returns how many keys the cache has room for after this call. Where their number is not known before the network
/// runs, the past is a buffer with room for all.
dim room_of(source_node& n, dim before, dim queries)
{
    const tensor* total = n.constant_or_null(6);
    if (!total) {
        return std::max(before, queries);
    }
    const std::vector<dim> given = integers(*total);
    if (given[0] < queries || given[0] > before + queries) {
        throw unsupported(
            "operand 6 (total_sequence_length) is {}, of {} in the past and {} now", given[0], before, queries);
    }
    return std::max(before, given[0]);
}

/// Returns what is added to the scores: the bias, and minus infinity for keys that come later than the query, or before
/// its window.
value* bias_of(source_node& n, value* places, dim keys, element type)
{
    const dim window = n.integer("local_window_size", -1);
    value* seen = seen_by_place(n, places, keys, window > 0 && window < keys ? window - 1 : -1, 0);
    return sum(n, bias_where_hidden(n, seen, type, -std::numeric_limits<double>::infinity()), n.operand(10));
}

void import_group_query_attention(source_node& n)
{
    refuse_options(n);
    const auto [q, k, v] = heads_of(n);
    value *past_keys = n.operand(3), *past_values = n.operand(4);
    if (!past_keys != !past_values || (past_keys && past_keys->type.shape.rank != 4)) {
        throw unsupported("past keys and past values must be given together, with 4 axes each");
    }
    const dim batch = q->type.shape[0], queries = q->type.shape[2];
    const dim room = room_of(n, past_keys ? past_keys->type.shape[2] : 0, queries);
    value* places = sum(n, first_places(n, batch, queries), counted(n, 0, {1, 1, queries, 1}));
    value *keys = updated(n, past_keys, turned(n, k, places), places, room),
          *values = updated(n, past_values, v, places, room);
    value* y = attend(n, turned(n, q, places), keys, values, bias_of(n, places, room, q->type.element));
    n.set_results({join_heads(n, y), keys, values});
}

}  // namespace

void add_group_query_attention(operator_table& table)
{
    table.add_of_domain<floating_elements, matmul_spec, softmax_spec, elementwise_spec>(microsoft_domain,
        "GroupQueryAttention", {1}, import_group_query_attention,
        "no quantized cache, sinks, smooth softmax or normalized queries");
}

}  // namespace cameo::generator
