// Streaming, one node: what becomes of time tells what the node keeps of the past, and which part it computes.
#include "passes/stream.hpp"
#include <algorithm>
#include <cameo/op/history.hpp>

namespace cameo::generator {

time_axis streamer::follow(node& n, std::size_t k, const axis_flow& f, const operation::types& whole)
{
    const time_axis t = *find(n.operands()[k]);
    switch (f.flow) {
    case flow::windowed: return follow_window(n, k, f, whole);
    case flow::sequential: return follow_steps(n, k, f, whole);
    case flow::mixed:
        if (f.why.empty()) {
            refuse(n, "is not known to work on one part of a sequence after another");
        }
        refuse(n, "{} the time axis ({}) of operand '{}'", f.why, t.axis, printable(n.operands()[k]->name));
    default: break;
    }
    n.op->take_part(whole, f.to.axis, 0, f.to.before * (t.leading + samples_) * f.to.after);
    return {f.to.axis, f.to.before, f.to.after, t.leading, t.trailing};
}

time_axis streamer::follow_window(node& n, std::size_t k, const axis_flow& f, const operation::types& whole)
{
    const time_axis t = *find(n.operands()[k]);
    const dim reach = (f.window - 1) * f.dilation, first = -f.pad_begin, last = columns(t) + f.pad_end;
    if (!t.is_whole_axis()) {
        refuse(n, "takes {} with other axes joined with time in axis {}: only windows along time alone stream",
            to_string(n.operands()[k]->type), t.axis);
    }
    if (f.window == 1 && last - first == 1 && first == t.leading + length_ - 1) {
        n.op->take_part(whole, f.to.axis, t.leading + samples_ - 1, 1);
        return {time_axis::none};
    }
    if (f.stride != 1) {
        refuse(n, "has a stride of {}: only a stride of 1 gives a result for every sample", f.stride);
    }
    const time_axis to{f.to.axis, 1, 1, t.leading + f.pad_begin - reach, t.trailing + f.pad_end};
    if (to.leading < 0 && f.window > 1) {
        refuse(n,
            "reads {} samples ahead of its result: a causal one has pads of [{}, 0], or zeros before its input, found "
            "pads of [{}, {}]",
            -to.leading, reach, f.pad_begin, f.pad_end);
    }
    if (to.leading < 0 || to.trailing < 0) {
        refuse(n, "takes columns {} to {} of {} along the time axis", first, last, columns(t));
    }
    if (const auto padding = static_cast<std::size_t>(f.padding);
        f.padding >= 0 && padding < n.operands().size() && !is_zero(n.operands()[padding])) {
        refuse(n, "pads the time axis ({}) with other than zeros", t.axis);
    }
    n.op->take_part(whole, f.to.axis, std::max<dim>(first, 0), to.leading + samples_);
    if (f.pad_begin > 0) {
        n.set_operand(k, with_past(n, n.operand(k), f.pad_begin));
    }
    return to;
}

time_axis streamer::follow_steps(node& n, std::size_t k, const axis_flow& f, const operation::types& whole)
{
    const time_axis t = *find(n.operands()[k]);
    if (t.leading != 0 || t.trailing != 0) {
        refuse(n, "its steps are axis {}, with {} columns before and {} after the sequence", t.axis, t.leading,
            t.trailing);
    }
    const operation::types results = n.op->results(whole);
    for (const carried_state& state : n.op->carried_states()) {
        bind_state(n, state, results[static_cast<std::size_t>(state.result)]);
        if (const value* last = n.results()[static_cast<std::size_t>(state.result)]) {
            times_[last] = {time_axis::none};
        }
    }
    return {f.to.axis};
}

void streamer::bind_state(node& n, const carried_state& state, const tensor_type& type)
{
    const auto k = static_cast<std::size_t>(state.operand), r = static_cast<std::size_t>(state.result);
    const value* first = n.operand(k);
    value* last = n.result(r);
    if (first && first->is_state) {
        if (!graph_.find_state(first, last)) {
            refuse(n, "its first state '{}' is not followed by its own last one", printable(first->name));
        }
        return;
    }
    if (!is_zero(first)) {
        refuse(n, "its first state '{}' is not zero: bind an input to its last state (--state {}=OUTPUT)",
            printable(first->name), printable(first->name));
    }
    const std::string name = n.result() ? n.result()->name : n.origins.front().name;
    if (!last) {
        last = graph_.add_value(fmt::format("{}_last_{}", name, r), type);
        n.set_result(r, last);
    }
    n.set_operand(k, graph_.add_state(fmt::format("{}_state_{}", name, r), type, last));
}

void streamer::check_constant(const node& n, std::size_t k, int axis_of_result, const operation::types& whole) const
{
    const value* v = n.operands()[k];
    for (int axis = 0; axis < v->type.shape.rank; ++axis) {
        const dim extent = v->type.shape[axis];
        const axis_flow f = n.op->flow(whole, static_cast<int>(k), {.axis = axis, .extent = extent});
        if (f.flow == flow::preserved && f.to.axis == axis_of_result && extent != 1) {
            refuse(n, "operand '{}' ({}) has its own numbers for each time", printable(v->name), to_string(v->type));
        }
    }
}

value* streamer::with_past(const node& n, value* x, dim past)
{
    const time_axis t = *find(x);
    if (t.axis != 2 || x->type.shape.rank != 3) {
        refuse(n, "looks back along axis {} of {}: that is supported along the last of three axes", t.axis,
            to_string(x->type));
    }
    if (t.leading != 0) {
        refuse(n, "looks back at what has been padded already, which is not supported");
    }
    value*& joined = histories_[{x, past}];
    if (joined) {
        return joined;
    }
    value* last = graph_.add_value(x->name + "_last", {x->type.element, {x->type.shape[0], x->type.shape[1], past}});
    value* state = graph_.add_state(x->name + "_past", last->type, last);
    auto h = make_node<history_spec>({}, {x->name + "_history", "history", graph_.opset}, {x, state});
    joined = graph_.add_value(x->name + "_history", h->op->results(h->operand_types())[0]);
    h->set_results({joined, last});
    graph_.insert_before(n, std::move(h));
    times_[joined] = {t.axis, 1, 1, past, t.trailing};
    return joined;
}

}  // namespace cameo::generator
