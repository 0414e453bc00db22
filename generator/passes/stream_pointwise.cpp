// Streaming rules of operators that treat each sample by itself: elementwise, Concat, Softmax, reductions, Gemm,
// MatMul.
#include "passes/stream.hpp"
#include <cameo/op/arg_extreme.hpp>
#include <cameo/op/cast.hpp>
#include <cameo/op/concat.hpp>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/gemm.hpp>
#include <cameo/op/hardmax.hpp>
#include <cameo/op/layer_normalization.hpp>
#include <cameo/op/lp_normalization.hpp>
#include <cameo/op/matmul.hpp>
#include <cameo/op/reduce.hpp>
#include <cameo/op/softmax.hpp>
#include <cameo/op/where.hpp>

namespace cameo::generator {

namespace {

/// Returns the time axis that all operands with time share in a result of `rank` axes, to which they broadcast. The
/// others must not change with time.
course joint_course(const streamer& s, const node& n, int rank)
{
    std::optional<course> joint;
    for (const value* v : n.operands) {
        if (const course* c = s.find(v)) {
            course moved = *c;
            moved.axis += rank - v->type.shape.rank;
            if (joint && *joint != moved) {
                s.refuse(n, "time is another axis, or has another length, in operand '{}'", printable(v->name));
            }
            joint = moved;
        }
    }
    for (const value* v : n.operands) {
        if (v && !s.find(v)) {
            s.check_constant(n, v, joint->axis, rank);
        }
    }
    return *joint;
}

/// Streams operators that broadcast their operands.
template <class Spec>
bool broadcasting(streamer& s, node& n)
{
    if (!n.attributes_of<Spec>()) {
        return false;
    }
    s.set(n.results[0], joint_course(s, n, n.results[0]->type.shape.rank));
    return true;
}

bool concatenation(streamer& s, node& n)
{
    const concat_attributes* a = n.attributes_of<concat_spec>();
    if (!a) {
        return false;
    }
    const course c = joint_course(s, n, n.results[0]->type.shape.rank);
    if (c.axis == a->axis) {
        s.refuse(n, "joins sequences along time");
    }
    s.set(n.results[0], c);
    return true;
}

/// Streams operators that normalize over axes [first, last), or find the largest element along them.
template <class Spec>
bool over_axes(streamer& s, node& n)
{
    if (!n.attributes_of<Spec>()) {
        return false;
    }
    const Spec spec = n.spec<Spec>();
    const course c = s.only(n);
    const int rank = spec.x.shape.rank;
    int first = 0, last = rank;
    if constexpr (requires { spec.last; }) {
        first = spec.first, last = spec.last;
    } else {
        first = spec.axis, last = std::is_same_v<Spec, layer_normalization_spec> ? rank : spec.axis + 1;
    }
    if (first <= c.axis && c.axis < last) {
        s.refuse(n, "works across the time axis ({})", c.axis);
    }
    for (std::size_t k = 1; k < n.operands.size(); ++k) {
        s.check_constant(n, n.operands[k], c.axis, rank);
    }
    for (const value* v : n.results) {
        if (v) {
            s.set(v, c);
        }
    }
    return true;
}

bool reduction(streamer& s, node& n)
{
    if (!n.attributes_of<reduce_spec>()) {
        return false;
    }
    const reduce_spec spec = n.spec<reduce_spec>();
    course c = s.only(n);
    if (spec.reduces(c.axis)) {
        s.refuse(n, "sums up the time axis ({})", c.axis);
    }
    for (int axis = c.axis - 1; axis >= 0 && !spec.keepdims; --axis) {
        c.axis -= spec.reduces(axis) ? 1 : 0;
    }
    s.set(n.results[0], c);
    return true;
}

bool extreme(streamer& s, node& n)
{
    const arg_extreme_attributes* a = n.attributes_of<arg_extreme_spec>();
    if (!a) {
        return false;
    }
    course c = s.only(n);
    if (c.axis == a->axis) {
        s.refuse(n, "works across the time axis ({})", c.axis);
    }
    if (!a->keepdims && a->axis < c.axis) {
        --c.axis;
    }
    s.set(n.results[0], c);
    return true;
}

bool dense(streamer& s, node& n)
{
    const gemm_attributes* a = n.attributes_of<gemm_spec>();
    if (!a) {
        return false;
    }
    const course *of_a = s.find(n.operands[0]), *of_b = s.find(n.operands[1]);
    if ((of_a && of_b) || (n.operands.size() > 2 && s.find(n.operands[2]))) {
        s.refuse(n, "several operands change with time");
    }
    course c = of_a ? *of_a : *of_b;
    const int summed = of_a ? (a->transpose_a ? 0 : 1) : (a->transpose_b ? 1 : 0);
    if (c.axis == summed) {
        s.refuse(n, "sums up the time axis ({})", c.axis);
    }
    c.axis = of_a ? 0 : 1;
    if (n.operands.size() > 2 && n.operands[2]) {
        s.check_constant(n, n.operands[2], c.axis, 2);
    }
    s.set(n.results[0], c);
    return true;
}

/// Streams a matrix product if time is among the rows of A, the columns of B, or in the batch.
bool product(streamer& s, node& n)
{
    if (!n.attributes_of<matmul_spec>()) {
        return false;
    }
    const int rank = n.results[0]->type.shape.rank;
    const course *of_a = s.find(n.operands[0]), *of_b = s.find(n.operands[1]);
    const auto place = [&](const course& c, const value* v) { return c.axis + rank - v->type.shape.rank; };
    if (of_a && place(*of_a, n.operands[0]) == rank - 1) {
        s.refuse(n, "sums up the time axis ({})", of_a->axis);
    }
    if (of_b && place(*of_b, n.operands[1]) == rank - 2) {
        s.refuse(n, "sums up the time axis ({})", of_b->axis);
    }
    course c = of_a ? *of_a : *of_b;
    c.axis = of_a ? place(*of_a, n.operands[0]) : place(*of_b, n.operands[1]);
    if (of_a && of_b) {
        c = joint_course(s, n, rank);
    }
    if (c.axis < rank - 2) {
        s.check_constant(n, !of_a ? n.operands[0] : !of_b ? n.operands[1] : nullptr, c.axis, rank);
    } else if (of_a && of_b) {
        s.refuse(n, "both operands change with time");
    }
    s.set(n.results[0], c);
    return true;
}

}  // namespace

const std::vector<stream_rule>& pointwise_stream_rules()
{
    static const std::vector<stream_rule> rules{broadcasting<elementwise_spec>, broadcasting<where_spec>,
        broadcasting<cast_spec>, concatenation, over_axes<softmax_spec>, over_axes<hardmax_spec>,
        over_axes<layer_normalization_spec>, over_axes<lp_normalization_spec>, reduction, extreme, dense, product};
    return rules;
}

}  // namespace cameo::generator
