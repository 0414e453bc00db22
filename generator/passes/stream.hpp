// Declares what the rules of streaming share: which axis of each value is time, and how a node is refused.
#pragma once
#include "graph/graph.hpp"
#include "support/failure.hpp"

namespace cameo::generator {

/// How a value of the whole sequence goes with time.
struct time_axis {
    int axis = 0;              ///< `none`: the value is that of the whole sequence, as a last state
    dim outer = 1, inner = 1;  ///< what is joined with time in its axis, outside and inside
    dim leading = 0;           ///< columns of the past, before the first of the sequence
    dim trailing = 0;          ///< columns after the last one, made of zeros: never computed, to be cut off

    static constexpr int none = -1;
    bool is_whole_axis() const { return outer == 1 && inner == 1; }
    friend bool operator==(const time_axis&, const time_axis&) = default;
};

/// Walks the graph from its inputs. Values that it has not reached have types of the whole sequence, others those of
/// one run.
class streamer {
public:
    streamer(graph& g, dim length, dim samples) : graph_(g), length_(length), samples_(samples) {}

    void run(const std::map<const value*, int>& inputs);

private:
    void stream(node& n);
    void stream_changing(node& n);

    // By what becomes of the time axis of operand k: where time lies in the result. `whole` are the types of operands
    // in the whole sequence. stream_flow.cpp.
    time_axis follow(node& n, std::size_t k, const axis_flow& f, const operation::types& whole);
    time_axis follow_window(node& n, std::size_t k, const axis_flow& f, const operation::types& whole);
    time_axis follow_steps(node& n, std::size_t k, const axis_flow& f, const operation::types& whole);
    void bind_state(node& n, const carried_state& state, const tensor_type& type);
    /// Refuses an operand that is not the same at all times.
    void check_constant(const node& n, std::size_t k, int axis_of_result, const operation::types& whole) const;
    /// x behind its last `past` columns, which are zeros at first.
    value* with_past(const node& n, value* x, dim past);

    /// Null where a value does not depend on time.
    const time_axis* find(const value* v) const;
    bool changes(const value* v) const { return find(v) && find(v)->axis != time_axis::none; }
    /// Columns of the whole sequence, those before and after it included.
    dim columns(const time_axis& t) const { return t.leading + length_ + t.trailing; }
    /// Of the operands, in the whole sequence.
    operation::types whole_types(const node& n) const;
    void derive_types(const node& n);
    void check_outputs() const;

    template <class... Argument>
    [[noreturn]] void refuse(const node& n, fmt::format_string<Argument...> format, Argument&&... argument) const
    {
        const origin& o = n.origins.front();
        throw failure("--stream: {}",
            describe({o.name, o.operator_type, o.opset, fmt::format(format, std::forward<Argument>(argument)...)}));
    }

    graph& graph_;
    dim length_, samples_;
    std::map<const value*, time_axis> times_;
    std::map<std::pair<const value*, dim>, value*> histories_;
};

/// Gather(x, one constant index) → Reshape(Slice(x)): a slice says which column it takes.
void slice_gathered(graph& g);

}  // namespace cameo::generator
