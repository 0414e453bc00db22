// Streaming rules of Transpose, Reshape, Expand, Slice and Gather: where the time axis goes.
#include "passes/stream.hpp"
#include <cameo/op/expand.hpp>
#include <cameo/op/gather.hpp>
#include <cameo/op/reshape.hpp>
#include <cameo/op/slice.hpp>
#include <cameo/op/transpose.hpp>

namespace cameo::generator {

namespace {

bool transposition(streamer& s, node& n)
{
    const transpose_attributes* a = n.attributes_of<transpose_spec>();
    if (!a) {
        return false;
    }
    course c = s.only(n);
    int to = 0;
    while (a->permutation[to] != c.axis) {
        ++to;
    }
    c.axis = to;
    s.set(n.results[0], c);
    return true;
}

/// Streams Reshape if time stays within one axis, perhaps merged with others.
bool reshaping(streamer& s, node& n)
{
    reshape_attributes* a = n.attributes_of<reshape_spec>();
    if (!a) {
        return false;
    }
    const course c = s.only(n);
    const dim columns = c.lead + s.length() + c.tail,
              outside = s.whole_shape(n.operands[0]).count(0, c.axis) * c.before;
    dim passed = 1;
    for (int axis = 0; axis < a->to.rank; passed *= a->to[axis++]) {
        const dim before = passed > 0 ? outside / passed : 0;
        if (before == 0 || before * passed != outside || a->to[axis] == 0 || a->to[axis] % (before * columns) != 0) {
            continue;
        }
        const course to{axis, before, a->to[axis] / (before * columns), c.lead, c.tail};
        a->to[axis] = to.before * (to.lead + s.samples()) * to.after;
        s.set(n.results[0], to);
        return true;
    }
    s.refuse(n, "takes the time axis ({} of {}) apart", c.axis, to_string(n.operands[0]->type));
}

bool expansion(streamer& s, node& n)
{
    expand_attributes* a = n.attributes_of<expand_spec>();
    if (!a) {
        return false;
    }
    course c = s.only(n);
    const int behind = n.operands[0]->type.shape.rank - c.axis;
    c.axis = n.results[0]->type.shape.rank - behind;
    if (const int own = a->to.rank - behind; own >= 0) {
        a->to[own] = 1;
    }
    s.set(n.results[0], c);
    return true;
}

/// Streams Slice if it cuts padding off the sequence, takes all of it, or takes its last column.
bool slicing(streamer& s, node& n)
{
    slice_attributes* a = n.attributes_of<slice_spec>();
    if (!a) {
        return false;
    }
    const course c = s.only(n);
    course to = c;
    const dim columns = c.lead + s.length() + c.tail, start = a->starts[c.axis], end = a->ends[c.axis];
    if (start == 0 && end == c.before * columns * c.after && a->step(c.axis) == 1) {
        a->ends[c.axis] = c.before * (c.lead + s.samples()) * c.after;
    } else if (c.alone() && start == c.lead + s.length() - 1 && end == start + 1) {
        a->starts[c.axis] = c.lead + s.samples() - 1;
        a->ends[c.axis] = c.lead + s.samples();
        to = {course::none};
    } else if (c.alone() && start <= c.lead && end >= c.lead + s.length() && a->step(c.axis) == 1) {
        to.lead = c.lead - start;
        to.tail = end - c.lead - s.length();
        a->ends[c.axis] = c.lead + s.samples();
    } else {
        s.refuse(n, "takes columns {} to {} of {} along the time axis", start, end, columns);
    }
    if (to.axis != course::none && a->steps.rank > 0) {
        a->steps[c.axis] = 1;
    }
    s.set(n.results[0], to);
    return true;
}

/// Streams Gather with indices that change with time, along another axis than time, or of the last column.
bool gathering(streamer& s, node& n)
{
    const gather_attributes* a = n.attributes_of<gather_spec>();
    if (!a) {
        return false;
    }
    const course *of_x = s.find(n.operands[0]), *of_indices = s.find(n.operands[1]);
    if (of_x && of_indices) {
        s.refuse(n, "both operands change with time");
    }
    course c = of_x ? *of_x : *of_indices;
    if (of_indices) {
        c.axis += a->axis;
    } else if (c.axis == a->axis) {
        const value* indices = n.operands[1];
        const dim last = c.lead + s.length() - 1;
        const bool is_last =
            indices->data && indices->type.shape.count() == 1 &&
            (integers(*indices->data)[0] == last || (c.tail == 0 && integers(*indices->data)[0] == -1));
        if (!is_last || !c.alone()) {
            s.refuse(n, "picks columns along the time axis ({})", c.axis);
        }
        tensor index(indices->type);
        with_elements(index, [&]<class T>(std::span<T> one) { one[0] = static_cast<T>(c.lead + s.samples() - 1); });
        n.operands[1] = s.whole_graph().add_constant(indices->name, std::move(index));
        c = {course::none};
    } else if (c.axis > a->axis) {
        c.axis += n.operands[1]->type.shape.rank - 1;
    }
    s.set(n.results[0], c);
    return true;
}

}  // namespace

const std::vector<stream_rule>& axis_stream_rules()
{
    static const std::vector<stream_rule> rules{transposition, reshaping, expansion, slicing, gathering};
    return rules;
}

}  // namespace cameo::generator
