// Propagates axes whose extent depends on the data (NonZero, Loop) through operators, and refuses those that cannot.
#include "import/run_time_extents.hpp"
#include "import/source_node.hpp"
#include <algorithm>
#include <cameo/op/cast.hpp>
#include <cameo/op/concat.hpp>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/gather.hpp>
#include <cameo/op/gather_nd.hpp>
#include <cameo/op/gemm.hpp>
#include <cameo/op/matmul.hpp>
#include <cameo/op/reduce.hpp>
#include <cameo/op/reshape.hpp>
#include <cameo/op/slice.hpp>
#include <cameo/op/softmax.hpp>
#include <cameo/op/transpose.hpp>
#include <cameo/op/where.hpp>

namespace cameo::generator {

namespace {

/// The axis of the result that has the extent; nothing if the node does not preserve the axis.
using found = std::optional<int>;
/// A rule for one operator. It is asked about nodes whose operands have a run-time extent, all with the same count.
using rule = found (*)(const node& n);

const value* bounded(const node& n, std::size_t k)
{
    return k < n.operands.size() && n.operands[k] && n.operands[k]->extent ? n.operands[k] : nullptr;
}

/// Returns the axis of the first operand; nothing if another operand has an extent too.
found only_first(const node& n)
{
    for (std::size_t k = 1; k < n.operands.size(); ++k) {
        if (bounded(n, k)) {
            return std::nullopt;
        }
    }
    return n.operands[0]->extent->axis;
}

/// Handles operands that broadcast to the result: along the axis, each has the run-time extent or a single element.
found broadcasting(const node& n)
{
    const int rank = n.results[0]->type.shape.rank;
    found axis;
    for (std::size_t k = 0; k < n.operands.size(); ++k) {
        if (const value* v = bounded(n, k)) {
            const int own = v->extent->axis + rank - v->type.shape.rank;
            if (axis && *axis != own) {
                return std::nullopt;
            }
            axis = own;
        }
    }
    for (std::size_t k = 0; k < n.operands.size(); ++k) {
        const value* v = n.operands[k];
        const int own = *axis - (rank - v->type.shape.rank);
        if (!v->extent && own >= 0 && v->type.shape[own] != 1) {
            return std::nullopt;
        }
    }
    return axis;
}

template <class Spec>
found broadcasting_of(const node& n)
{
    return n.attributes_of<Spec>() ? broadcasting(n) : std::nullopt;
}

found transposition(const node& n)
{
    const auto* a = n.attributes_of<transpose_spec>();
    if (!a) {
        return std::nullopt;
    }
    const auto& order = a->permutation.extent;
    return static_cast<int>(std::find(order.begin(), order.end(), n.operands[0]->extent->axis) - order.begin());
}

/// Finds the axis of the new shape that has the same extent, with as many elements before it and behind it.
found reshaping(const node& n)
{
    if (!n.attributes_of<reshape_spec>()) {
        return std::nullopt;
    }
    const shape &from = n.operands[0]->type.shape, &to = n.results[0]->type.shape;
    const int axis = n.operands[0]->extent->axis;
    found only;
    for (int candidate = 0; candidate < to.rank; ++candidate) {
        if (to[candidate] == from[axis] && to.count(0, candidate) == from.count(0, axis)) {
            if (only) {
                return std::nullopt;  // a capacity of one: it could be either
            }
            only = candidate;
        }
    }
    return only;
}

found slicing(const node& n)
{
    const auto* a = n.attributes_of<slice_spec>();
    if (!a) {
        return std::nullopt;
    }
    const int axis = n.operands[0]->extent->axis;
    return a->starts[axis] == 0 && a->ends[axis] == n.operands[0]->type.shape[axis] && a->step(axis) == 1
               ? found(axis)
               : std::nullopt;
}

found gathering(const node& n)
{
    const auto* a = n.attributes_of<gather_spec>();
    if (!a || (bounded(n, 0) && bounded(n, 1))) {
        return std::nullopt;
    }
    if (const value* indices = bounded(n, 1)) {
        return indices->extent->axis + a->axis;
    }
    const int axis = n.operands[0]->extent->axis;
    if (axis == a->axis) {
        return std::nullopt;
    }
    return axis < a->axis ? axis : axis + n.operands[1]->type.shape.rank - 1;
}

found gathering_tuples(const node& n)
{
    if (!n.attributes_of<gather_nd_spec>() || bounded(n, 0)) {
        return std::nullopt;
    }
    const int axis = n.operands[1]->extent->axis;
    return axis < n.operands[1]->type.shape.rank - 1 ? found(axis) : std::nullopt;
}

found concatenation(const node& n)
{
    const auto* a = n.attributes_of<concat_spec>();
    const bool all = std::all_of(
        n.operands.begin(), n.operands.end(), [&](const value* v) { return v->extent == n.operands[0]->extent; });
    return a && all && n.operands[0]->extent->axis != a->axis ? found(n.operands[0]->extent->axis) : std::nullopt;
}

found reduction(const node& n)
{
    if (!n.attributes_of<reduce_spec>()) {
        return std::nullopt;
    }
    const reduce_spec s = n.spec<reduce_spec>();
    const int axis = n.operands[0]->extent->axis;
    if (s.reduces(axis)) {
        return std::nullopt;
    }
    int to = axis;
    for (int before = 0; before < axis && !s.keepdims; ++before) {
        to -= s.reduces(before) ? 1 : 0;
    }
    return to;
}

found softmaxing(const node& n)
{
    if (!n.attributes_of<softmax_spec>()) {
        return std::nullopt;
    }
    const softmax_spec s = n.spec<softmax_spec>();
    const int axis = n.operands[0]->extent->axis;
    return s.first <= axis && axis < s.last ? std::nullopt : found(axis);
}

/// Handles matrix products: the rows of the first matrix are preserved.
found rows(const node& n)
{
    const auto* a = n.attributes_of<gemm_spec>();
    if (!a && !n.attributes_of<matmul_spec>()) {
        return std::nullopt;
    }
    const found axis = only_first(n);
    const int row = a && a->transpose_a ? 1 : n.operands[0]->type.shape.rank - 2;
    if (!axis || *axis != row || n.operands[1]->type.shape.rank != 2) {
        return std::nullopt;
    }
    if (a && n.operands.size() > 2 && n.operands[2] && n.operands[2]->type.shape.rank == 2 &&
        n.operands[2]->type.shape[0] != 1) {
        return std::nullopt;
    }
    return a ? 0 : row;
}

constexpr rule rules[] = {broadcasting_of<elementwise_spec>, broadcasting_of<where_spec>, broadcasting_of<cast_spec>,
    transposition, reshaping, slicing, gathering, gathering_tuples, concatenation, reduction, softmaxing, rows};

}  // namespace

void spread_extent(const node& n)
{
    const value* first = nullptr;
    for (const value* v : n.operands) {
        if (!v || !v->extent) {
            continue;
        }
        if (first && v->extent->count != first->extent->count) {
            throw unsupported(
                "operands '{}' and '{}' have axes whose extents the data decide, each by itself", first->name, v->name);
        }
        first = v;
    }
    if (!first) {
        return;
    }
    for (const rule r : rules) {
        if (const found axis = r(n)) {
            n.results[0]->extent = {*axis, first->extent->count};
            return;
        }
    }
    throw unsupported("the data decide how much of axis {} of operand '{}' ({}) is there, and it is not known how this "
                      "operator works on part of that axis",
        first->extent->axis, first->name, to_string(first->type));
}

}  // namespace cameo::generator
