// A graph over a whole sequence → a graph for the next samples, with the past kept as state (--stream).
#include "passes/stream.hpp"
#include "passes/passes.hpp"

namespace cameo::generator {

const time_axis* streamer::find(const value* v) const
{
    const auto found = times_.find(v);
    return v && found != times_.end() ? &found->second : nullptr;
}

operation::types streamer::whole_types(const node& n) const
{
    operation::types types = n.operand_types();
    for (std::size_t k = 0; k < types.size(); ++k) {
        if (changes(n.operands()[k])) {
            const time_axis& t = *find(n.operands()[k]);
            types[k].shape[t.axis] = t.outer * columns(t) * t.inner;
        }
    }
    return types;
}

void streamer::derive_types(const node& n)
{
    const operation::types types = n.operand_types();
    if (const auto problem = n.op->problem(types)) {
        refuse(n, "for {} samples: {}", samples_, *problem);
    }
    const operation::types derived = n.op->results(types);
    for (std::size_t k = 0; k < n.results().size(); ++k) {
        value* v = n.results()[k];
        if (!v) {
            continue;
        }
        v->type = derived[k];
        const time_axis* t = find(v);
        if (changes(v) && v->type.shape[t->axis] != t->outer * (t->leading + samples_) * t->inner) {
            refuse(
                n, "its result for {} samples is {}: not as many along axis {}", samples_, to_string(v->type), t->axis);
        }
    }
}

void streamer::stream_changing(node& n)
{
    const operation::types whole = whole_types(n);
    std::optional<time_axis> joint;
    for (std::size_t k = 0; k < n.operands().size(); ++k) {
        const value* v = n.operands()[k];
        if (!changes(v)) {
            continue;
        }
        const time_axis& t = *find(v);
        const axis_flow f = n.op->flow(whole, static_cast<int>(k), {t.axis, t.outer, columns(t), t.inner});
        const time_axis moved = follow(n, k, f, whole);
        if (joint && *joint != moved) {
            refuse(n, "time is another axis, or has another length, in operand '{}'", printable(v->name));
        }
        joint = moved;
    }
    // Not those that are states since then.
    for (std::size_t k = 0; k < whole.size(); ++k) {
        if (n.operands()[k] && !find(n.operands()[k])) {
            check_constant(n, k, joint->axis, whole);
        }
    }
    for (std::size_t k = 0; k < n.results().size(); ++k) {
        if (n.results()[k] && !find(n.results()[k]) && !n.op->is_scratch(k)) {
            times_[n.results()[k]] = *joint;
        }
    }
    derive_types(n);
}

void streamer::stream(node& n)
{
    std::size_t changing = 0, last = 0;
    for (const value* v : n.operands()) {
        if (find(v)) {
            changes(v) ? ++changing : ++last;
        }
    }
    if (changing > 0 && last > 0) {
        refuse(n, "joins the sequence with the state after its end: earlier results would depend on later samples");
    }
    if (changing > 0) {
        stream_changing(n);
    }
    for (const value* v : n.results()) {
        if (v && last > 0) {
            times_[v] = {time_axis::none};
        }
    }
}

void streamer::check_outputs() const
{
    for (std::size_t k = 0; k < graph_.outputs().size(); ++k) {
        const time_axis* t = find(graph_.outputs()[k]);
        if (t && (t->leading != 0 || t->trailing != 0)) {
            throw failure("--stream: output '{}' is {} longer than its input: cut that off in the model",
                printable(graph_.output_names()[k]), t->leading + t->trailing);
        }
    }
}

void streamer::run(const std::map<const value*, int>& inputs)
{
    for (value* v : graph_.inputs) {
        if (const auto found = inputs.find(v); found != inputs.end()) {
            v->type.shape[found->second] = samples_;
            times_[v] = {found->second};
        }
    }
    for (const auto& n : graph_.nodes()) {
        stream(*n);
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
    slice_gathered(g);
    streamer(g, length, samples).run(axes);
}

}  // namespace cameo::generator
