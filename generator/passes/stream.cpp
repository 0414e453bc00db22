// A graph over a whole sequence → a graph for the next samples, with the past kept as state (--stream).
#include "passes/stream.hpp"
#include "passes/passes.hpp"
#include <algorithm>
#include <cameo/op/history.hpp>

namespace cameo::generator {

const course* streamer::find(const value* v) const
{
    const auto found = courses_.find(v);
    return v && found != courses_.end() ? &found->second : nullptr;
}

const course& streamer::only(const node& n) const
{
    for (std::size_t k = 1; k < n.operands.size(); ++k) {
        if (find(n.operands[k])) {
            refuse(n, "operand '{}' changes with time: only the first one may", printable(n.operands[k]->name));
        }
    }
    return *find(n.operands[0]);
}

void streamer::check_constant(const node& n, const value* v, int axis, int rank) const
{
    const int own = v ? axis - (rank - v->type.shape.rank) : -1;
    if (own >= 0 && v->type.shape[own] != 1) {
        refuse(n, "operand '{}' ({}) has its own numbers for each time", printable(v->name), to_string(v->type));
    }
}

shape streamer::whole_shape(const value* v) const
{
    shape s = v->type.shape;
    if (const course* c = find(v); c && c->axis != course::none) {
        s[c->axis] = c->before * (c->lead + length_ + c->tail) * c->after;
    }
    return s;
}

value* streamer::with_past(const node& n, value* x, dim past)
{
    const course c = *find(x);
    if (c.axis != 2 || x->type.shape.rank != 3 || !c.alone()) {
        refuse(n, "looks back along axis {} of {}: that is supported along the last of three axes", c.axis,
            to_string(x->type));
    }
    if (c.lead != 0) {
        refuse(n, "looks back at what has been padded already, which is not supported");
    }
    value*& joined = histories_[{x, past}];
    if (joined) {
        return joined;
    }
    value* state = graph_.add_state(x->name + "_past", {x->type.element, {x->type.shape[0], x->type.shape[1], past}});
    auto h = make_node<history_spec>({}, {x->name + "_history", "history", graph_.opset}, {x, state});
    const operation::types types = h->op->results(h->operand_types());
    joined = graph_.add_value(x->name + "_history", types[0]);
    graph_.states.back().next = graph_.add_value(x->name + "_last", types[1]);
    h->results = {joined, graph_.states.back().next};
    graph_.insert(position_++, std::move(h));
    set(joined, {c.axis, 1, 1, past, c.tail});
    return joined;
}

void streamer::derive_types(const node& n)
{
    const operation::types types = n.operand_types();
    if (const auto problem = n.op->problem(types)) {
        refuse(n, "for {} samples: {}", samples_, *problem);
    }
    const operation::types derived = n.op->results(types);
    for (std::size_t k = 0; k < n.results.size(); ++k) {
        value* v = n.results[k];
        if (!v) {
            continue;
        }
        v->type = derived[k];
        const course* c = find(v);
        if (c && c->axis != course::none && v->type.shape[c->axis] != c->before * (c->lead + samples_) * c->after) {
            refuse(
                n, "its result for {} samples is {}: not as many along axis {}", samples_, to_string(v->type), c->axis);
        }
    }
}

void streamer::stream(node& n)
{
    std::size_t changing = 0, last = 0;
    for (const value* v : n.operands) {
        if (const course* c = find(v)) {
            c->axis == course::none ? ++last : ++changing;
        }
    }
    if (changing + last == 0) {
        return;
    }
    if (changing > 0 && last > 0) {
        refuse(n, "joins the sequence with the state after its end: earlier results would depend on later samples");
    }
    if (last > 0) {
        for (const value* v : n.results) {
            if (v) {
                set(v, {course::none});
            }
        }
        return;
    }
    for (const auto* rules : {&pointwise_stream_rules(), &axis_stream_rules(), &causal_stream_rules()}) {
        for (const stream_rule rule : *rules) {
            if (rule(*this, n)) {
                return derive_types(n);
            }
        }
    }
    refuse(n, "is not known to work on one part of a sequence after another");
}

void streamer::check_outputs() const
{
    for (std::size_t k = 0; k < graph_.outputs.size(); ++k) {
        const course* c = find(graph_.outputs[k]);
        if (c && (c->lead != 0 || c->tail != 0)) {
            throw failure("--stream: output '{}' is {} longer than its input: cut that off in the model",
                printable(graph_.output_names[k]), c->lead + c->tail);
        }
    }
}

void streamer::run(const std::map<const value*, int>& inputs)
{
    for (value* v : graph_.inputs) {
        if (const auto found = inputs.find(v); found != inputs.end()) {
            v->type.shape[found->second] = samples_;
            set(v, {found->second});
        }
    }
    for (position_ = 0; position_ < graph_.nodes.size(); ++position_) {
        stream(*graph_.nodes[position_]);
    }
    check_outputs();
}

void stream(graph& g, const std::map<const value*, int>& axes, dim samples)
{
    fold_constants(g);
    remove_dead_nodes(g);
    const auto& [first, axis] = *axes.begin();
    const dim length = first->type.shape[axis];
    if (length < 2) {
        throw failure("--stream: input '{}' is {} long, which is no sequence", printable(first->name), length);
    }
    for (const auto& [v, a] : axes) {
        if (v->type.shape[a] != length) {
            throw failure("--stream: input '{}' is {} long, input '{}' is {}: sequences need one length",
                printable(first->name), length, printable(v->name), v->type.shape[a]);
        }
    }
    streamer(g, length, samples).run(axes);
}

}  // namespace cameo::generator
