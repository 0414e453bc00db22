// Channel shuffle (Reshape, Transpose, Reshape), Concat or Slice of partial blocks → one channel selection on blocked
// data.
#include "passes/passes.hpp"
#include <cameo/kernel/concat_layout.hpp>
#include <cameo/kernel/select_channels_layout.hpp>
#include <cameo/kernel/slice_layout.hpp>
#include <cameo/op/reshape.hpp>
#include <cameo/op/transpose.hpp>
#include <optional>

namespace cameo::generator {

namespace {

struct selection {
    select_channels_attributes attributes;
    std::vector<value*> operands;
};

/// Matches a channel shuffle: Reshape, Transpose and Reshape that swap groups and channels. This node is the last of
/// them.
std::optional<selection> shuffle(const node& last)
{
    const node* transposed = last.attributes_of<reshape_spec>() ? last.operands()[0]->producer() : nullptr;
    const node* split =
        transposed && transposed->attributes_of<transpose_spec>() ? transposed->operands()[0]->producer() : nullptr;
    if (!split || !split->attributes_of<reshape_spec>()) {
        return std::nullopt;
    }
    value* x = split->operands()[0];
    const shape &whole = x->type.shape, &grouped = split->results()[0]->type.shape;
    if (whole.rank < 3 || grouped.rank != whole.rank + 1 || last.results()[0]->type.shape != whole ||
        grouped[1] * grouped[2] != whole[1]) {
        return std::nullopt;
    }
    shape swapped;
    for (int axis = 0; axis < grouped.rank; ++axis) {
        swapped.append(axis == 1 ? 2 : axis == 2 ? 1 : axis);
    }
    bool same = grouped[0] == whole[0] && transposed->attributes_of<transpose_spec>()->permutation == swapped;
    for (int axis = 2; axis < whole.rank; ++axis) {
        same = same && grouped[axis + 1] == whole[axis];
    }
    if (!same) {
        return std::nullopt;
    }
    return selection{{.groups = grouped[1], .first = 0, .count = whole[1]}, {x}};
}

std::optional<selection> joined(const node& n)
{
    const concat_attributes* a = n.attributes_of<concat_spec>();
    if (!a || a->axis != 1) {
        return std::nullopt;
    }
    return selection{{.count = n.result()->type.shape[1]}, n.operands()};
}

std::optional<selection> range(const node& n)
{
    const slice_attributes* a = n.attributes_of<slice_spec>();
    if (!a) {
        return std::nullopt;
    }
    const shape& x = n.operand(0)->type.shape;
    for (int axis = 0; axis < x.rank; ++axis) {
        if (a->step(axis) != 1 || (axis != 1 && a->extent(axis) != x[axis])) {
            return std::nullopt;
        }
    }
    return selection{{.first = a->starts[1], .count = a->extent(1)}, {n.operand(0)}};
}

std::optional<selection> selected(const node& n)
{
    const select_channels_attributes* a = n.attributes_of<select_channels_spec>();
    if (!a) {
        return std::nullopt;
    }
    return selection{*a, n.operands()};
}

/// Composes two selections: what `outer` takes from the channels that `inner` selects.
std::optional<selection> composed(const selection& outer, const selection& inner)
{
    const bool inner_is_whole = inner.attributes.groups == 1 && inner.attributes.first == 0;
    if (outer.attributes.groups > 1 && !inner_is_whole) {
        return std::nullopt;
    }
    dim channels = 0;
    for (const value* v : inner.operands) {
        channels += v->type.shape[1];
    }
    if (outer.attributes.groups > 1 && inner.attributes.count != channels) {
        return std::nullopt;
    }
    selection both = inner;
    both.attributes.groups = std::max(outer.attributes.groups, inner.attributes.groups);
    both.attributes.first += outer.attributes.first;
    both.attributes.count = outer.attributes.count;
    return both;
}

bool works_in_blocks(const node& n)
{
    if (n.attributes_of<concat_spec>()) {
        return joins_blocks(n.spec<concat_spec>());
    }
    return n.attributes_of<slice_spec>() && takes_blocks(n.spec<slice_spec>());
}

}  // namespace

/// Turns channel shuffles, and Concat or Slice of channels that are not whole blocks, into selections of channels,
/// which work on blocked data.
void select_channels(graph& g)
{
    for (const auto& n : g.nodes()) {
        const value* result = n->result();
        if (!result || result->type.element != element::float32 || !is_image(result->type) ||
            result->type.shape.count() == 0 || n->varies_along(1)) {
            continue;
        }
        std::optional<selection> chosen = shuffle(*n);
        if (!chosen) {
            chosen = joined(*n);
        }
        if (!chosen) {
            chosen = range(*n);
        }
        if (!chosen) {
            continue;
        }
        const node* before = chosen->operands.size() == 1 ? chosen->operands[0]->producer() : nullptr;
        std::optional<selection> inner = before ? selected(*before) : std::nullopt;
        if (before && !inner) {
            inner = joined(*before);
        }
        const std::optional<selection> both = inner ? composed(*chosen, *inner) : std::nullopt;
        if (!both && works_in_blocks(*n)) {
            continue;
        }
        if (both) {
            chosen = both;
        }
        n->become<select_channels_spec>(chosen->attributes, chosen->operands);
    }
    remove_dead_nodes(g);
}

}  // namespace cameo::generator
