// Streaming rules of causal Conv, Pad, LSTM, GRU and RNN, which need the past: it becomes state.
#include "passes/stream.hpp"
#include <algorithm>
#include <cameo/op/conv.hpp>
#include <cameo/op/gru.hpp>
#include <cameo/op/lstm.hpp>
#include <cameo/op/pad.hpp>
#include <cameo/op/rnn.hpp>

namespace cameo::generator {

namespace {

/// Streams a convolution along time: instead of zeros at the edge, it reads the last columns of its input's past.
bool convolution(streamer& s, node& n)
{
    conv_attributes* a = n.attributes_of<conv_spec>();
    if (!a) {
        return false;
    }
    course c = s.only(n);
    const conv_spec spec = n.spec<conv_spec>();
    if (spec.x.shape.rank != 3 || c.axis != 2 || !c.alone()) {
        s.refuse(n, "takes {} with time along axis {}: only a convolution along time alone streams", to_string(spec.x),
            c.axis);
    }
    if (spec.window.stride(0) != 1) {
        s.refuse(n, "has a stride of {}: only a stride of 1 gives a result for every sample", spec.window.stride(0));
    }
    const dim reach = spec.window.extent(0, spec.w.shape[2]) - 1, begin = spec.window.pad_begin(0),
              end = spec.window.pad_end(0);
    if (begin + c.lead < reach) {
        s.refuse(n,
            "reads {} samples ahead of its result: a causal one has pads of [{}, 0], or zeros before its input, found "
            "pads of [{}, {}]",
            reach - begin - c.lead, reach, begin, end);
    }
    if (begin > 0) {
        n.operands[0] = s.with_past(n, n.operands[0], begin);
    }
    a->window.pads_begin = a->window.pads_end = {};
    s.set(n.results[0], {2, 1, 1, c.lead + begin - reach, c.tail + end});
    return true;
}

/// Streams Pad: zeros before the sequence are its past. Zeros after it never arrive, so a later layer must cut off what
/// depends on them.
bool padding(streamer& s, node& n)
{
    pad_attributes* a = n.attributes_of<pad_spec>();
    if (!a) {
        return false;
    }
    course c = s.only(n);
    const dim begin = a->begin[c.axis], end = a->end[c.axis];
    if (begin != 0 || end != 0) {
        const bool zeros = a->mode == pad_mode::constant && (n.operands.size() < 2 || is_zero(n.operands[1]));
        if (!zeros || begin < 0 || end < 0) {
            s.refuse(n, "pads the time axis with other than zeros, or cuts it");
        }
        if (begin > 0) {
            n.operands[0] = s.with_past(n, n.operands[0], begin);
        }
        a->begin[c.axis] = a->end[c.axis] = 0;
        c.lead += begin;
        c.tail += end;
    }
    s.set(n.results[0], c);
    return true;
}

/// Feeds result r, the last state, back as operand k, the initial state.
void bind(streamer& s, node& n, std::size_t k, std::size_t r, const tensor_type& type)
{
    if (n.operands.size() <= k) {
        n.operands.resize(k + 1, nullptr);
    }
    value*& first = n.operands[k];
    graph& g = s.whole_graph();
    if (n.results.size() <= r) {
        n.results.resize(r + 1, nullptr);
    }
    if (first && first->is_state) {
        const bool fed = std::any_of(g.states.begin(), g.states.end(),
            [&](const feedback& f) { return f.state == first && f.next && f.next == n.results[r]; });
        if (!fed) {
            s.refuse(n, "its first state '{}' is not followed by its own last one", printable(first->name));
        }
        return;
    }
    if (!is_zero(first)) {
        s.refuse(n, "its first state '{}' is not zero: bind an input to its last state (--state {}=OUTPUT)",
            printable(first->name), printable(first->name));
    }
    const std::string name = n.results[0] ? n.results[0]->name : n.origins.front().name;
    if (!n.results[r]) {
        n.results[r] = g.add_value(fmt::format("{}_last_{}", name, r), type);
        n.results[r]->producer = &n;
    }
    first = g.add_state(fmt::format("{}_state_{}", name, r), type);
    g.states.back().next = n.results[r];
}

/// Streams a recurrent layer, which keeps its state.
template <class Spec>
bool recurrent(streamer& s, node& n)
{
    if (!n.attributes_of<Spec>()) {
        return false;
    }
    const course c = s.only(n);
    const Spec spec = n.spec<Spec>();
    if (const int steps = spec.recurrence.batch_first ? 1 : 0;
        c.axis != steps || !c.alone() || c.lead != 0 || c.tail != 0) {
        s.refuse(n,
            "its steps are axis {}, time is axis {} of its input, with {} columns before and {} after the sequence",
            steps, c.axis, c.lead, c.tail);
    }
    if (spec.recurrence.direction != direction::forward) {
        s.refuse(n, "runs from the last step to the first");
    }
    if (spec.sequence_lens.present()) {
        s.refuse(n, "has lengths of sequences, which a stream has not");
    }
    const auto types = result(spec);
    bind(s, n, 5, 1, types[1]);
    if constexpr (requires { spec.initial_c; }) {
        bind(s, n, 6, 2, types[2]);
    }
    if (n.results[0]) {
        s.set(n.results[0], c);
    }
    for (std::size_t k = 1; k < n.results.size(); ++k) {
        if (n.results[k] && !n.op->is_scratch(k)) {
            s.set(n.results[k], {course::none});
        }
    }
    return true;
}

}  // namespace

const std::vector<stream_rule>& causal_stream_rules()
{
    static const std::vector<stream_rule> rules{
        convolution, padding, recurrent<lstm_spec>, recurrent<gru_spec>, recurrent<rnn_spec>};
    return rules;
}

}  // namespace cameo::generator
