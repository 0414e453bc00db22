// Declares what the rules of streaming share: which axis of each value is time, and how a node is refused.
#pragma once
#include "graph/graph.hpp"
#include "support/failure.hpp"

namespace cameo::generator {

/// How a value of the whole sequence depends on time.
struct course {
    int axis = 0;               ///< of time; none: the value is that of the whole sequence, as a last state
    dim before = 1, after = 1;  ///< what is joined with time in its axis, outside and inside
    dim lead = 0;               ///< columns of the past, before the first of the sequence
    dim tail = 0;               ///< columns after the last one, made of zeros: never computed, to be cut off

    static constexpr int none = -1;
    bool alone() const { return before == 1 && after == 1; }
    friend bool operator==(const course&, const course&) = default;
};

/// Walks the graph from its inputs. Values that it has not reached have types of the whole sequence, others those of
/// one run.
class streamer {
public:
    streamer(graph& g, dim length, dim samples) : graph_(g), length_(length), samples_(samples) {}

    void run(const std::map<const value*, int>& inputs);

    /// The number of columns of the whole sequence, and of one run.
    dim length() const { return length_; }
    dim samples() const { return samples_; }
    graph& whole_graph() { return graph_; }

    /// Returns the time axis of a value; null if it does not depend on time.
    const course* find(const value* v) const;
    void set(const value* v, const course& c) { courses_[v] = c; }
    /// Returns the time axis of the first operand if no other operand depends on time. Refuses the node otherwise.
    const course& only(const node& n) const;
    /// Refuses an operand that is not the same at all times; `axis` counts in a result of `rank` axes.
    void check_constant(const node& n, const value* v, int axis, int rank) const;
    /// Returns the shape of a value in the whole sequence.
    shape whole_shape(const value* v) const;
    /// Prepends the last `past` columns to x, which are zeros at first.
    value* with_past(const node& n, value* x, dim past);

    template <class... Argument>
    [[noreturn]] void refuse(const node& n, fmt::format_string<Argument...> format, Argument&&... argument) const
    {
        const origin& o = n.origins.front();
        throw failure("--stream: {}",
            describe({o.name, o.operator_type, o.opset, fmt::format(format, std::forward<Argument>(argument)...)}));
    }

private:
    void stream(node& n);
    void derive_types(const node& n);
    void check_outputs() const;

    graph& graph_;
    dim length_, samples_;
    std::map<const value*, course> courses_;
    std::map<std::pair<const value*, dim>, value*> histories_;
    std::size_t position_ = 0;
};

/// Rewrites a node, and sets the time axes of its results; returns false if the rule is for another operator.
using stream_rule = bool (*)(streamer& s, node& n);

/// Rules of operators that treat each time by itself: elementwise and dense layers, and operators across other axes.
const std::vector<stream_rule>& pointwise_stream_rules();
/// Rules of operators that move, join or cut axes.
const std::vector<stream_rule>& axis_stream_rules();
/// Rules of operators that look back: convolutions, pads, recurrent layers.
const std::vector<stream_rule>& causal_stream_rules();

}  // namespace cameo::generator
