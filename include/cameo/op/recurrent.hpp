// What LSTM, GRU and RNN share: directions, layout, sequence lengths, activations, and the loop over the steps.
#pragma once
#include <algorithm>
#include <cameo/op/elementwise.hpp>

namespace cameo::inline CAMEO_TARGET {

enum class direction : std::uint8_t { forward, reverse, bidirectional };

/// How a recurrent layer iterates over its input.
struct recurrence {
    cameo::direction direction = cameo::direction::forward;
    bool batch_first = false;  ///< ONNX: layout 1
    double clip = 0;  ///< what enters the activations of gates and candidates is clipped to [-clip, clip]; 0: it is not

    static constexpr void each(auto visit)
    {
        visit("direction", &recurrence::direction);
        visit("batch_first", &recurrence::batch_first);
        visit("clip", &recurrence::clip);
    }
    constexpr int directions() const { return direction == cameo::direction::bidirectional ? 2 : 1; }
    /// Tells whether direction d, of directions(), runs from the last step to the first.
    constexpr bool backward(dim d) const { return direction == cameo::direction::reverse || d == 1; }
};

/// The extents of a recurrent layer and the places of its sequences, whatever the layout.
struct recurrent_extents {
    dim steps = 0, batch = 0, input = 0, directions = 0, hidden = 0;
    bool batch_first = false;

    constexpr recurrent_extents(const recurrence& r, const tensor_type& x, const tensor_type& recurrent_weight)
        : steps(x.shape[r.batch_first ? 1 : 0]), batch(x.shape[r.batch_first ? 0 : 1]), input(x.shape[2]),
          directions(r.directions()), hidden(recurrent_weight.shape[2]), batch_first(r.batch_first)
    {
    }

    /// Returns the shape of the results Y, and of Y_h or Y_c.
    constexpr shape sequences() const
    {
        return batch_first ? shape{batch, steps, directions, hidden} : shape{steps, directions, batch, hidden};
    }
    constexpr shape states() const
    {
        return batch_first ? shape{batch, directions, hidden} : shape{directions, batch, hidden};
    }

    // Where the elements of one step of one sequence begin.
    constexpr dim in_input(dim t, dim n) const { return (batch_first ? n * steps + t : t * batch + n) * input; }
    constexpr dim in_sequences(dim t, dim d, dim n) const
    {
        return (batch_first ? (n * steps + t) * directions + d : (t * directions + d) * batch + n) * hidden;
    }
    constexpr dim in_states(dim d, dim n) const { return (batch_first ? n * directions + d : d * batch + n) * hidden; }
};

enum class recurrent_problem {
    none,
    input_must_have_steps_a_batch_and_features,
    weights_must_have_directions_gates_and_columns,
    weight_must_have_a_row_per_gate_and_hidden_unit_and_a_column_per_feature,
    recurrent_weight_must_have_a_row_per_gate_and_hidden_unit_and_a_column_per_hidden_unit,
    bias_must_have_two_elements_per_gate_and_hidden_unit,
    sequence_lengths_must_be_one_per_sequence,
    initial_state_must_have_the_shape_of_the_final_one,
    peepholes_must_be_three_per_hidden_unit,
    activation_must_be_a_floating_function_of_one_operand,
    clip_must_not_be_negative,
};

namespace detail {

/// The checks that LSTM (4 gates), GRU (3) and RNN (1) share.
template <class Spec>
constexpr recurrent_problem check_recurrent(const Spec& s, dim gate_count)
{
    using enum recurrent_problem;
    if (s.x.shape.rank != 3) {
        return input_must_have_steps_a_batch_and_features;
    }
    if (s.w.shape.rank != 3 || s.r.shape.rank != 3) {
        return weights_must_have_directions_gates_and_columns;
    }
    const recurrent_extents e = s.extents();
    const dim rows = gate_count * e.hidden;
    if (s.w.shape != shape{e.directions, rows, e.input}) {
        return weight_must_have_a_row_per_gate_and_hidden_unit_and_a_column_per_feature;
    }
    if (s.r.shape != shape{e.directions, rows, e.hidden}) {
        return recurrent_weight_must_have_a_row_per_gate_and_hidden_unit_and_a_column_per_hidden_unit;
    }
    if (s.b.present() && s.b.shape != shape{e.directions, 2 * rows}) {
        return bias_must_have_two_elements_per_gate_and_hidden_unit;
    }
    if (s.sequence_lens.present() && s.sequence_lens.shape != shape{e.batch}) {
        return sequence_lengths_must_be_one_per_sequence;
    }
    if (s.initial_h.present() && s.initial_h.shape != e.states()) {
        return initial_state_must_have_the_shape_of_the_final_one;
    }
    return s.recurrence.clip < 0 ? clip_must_not_be_negative : none;
}

constexpr bool is_activation(const elementwise_expression& p, element e)
{
    return !p.result.is_overflow() && p.operands() <= 1 && expression_result(p, e) == e;
}

/// Applies the activation of a gate or candidate to its clipped input.
template <class T>
constexpr T activate(const recurrence& r, const elementwise_expression& activation, T x)
{
    const T bound = static_cast<T>(r.clip);
    if (r.clip > 0) {
        x = x < -bound ? -bound : x > bound ? bound : x;
    }
    return interpret(activation, std::array<T, elementwise_expression::max_operands>{x});
}

/// The weights of one direction, read row by row: a row for each hidden unit of each gate.
template <class T>
struct recurrent_weights {
    std::span<const T> w, r, b;
    dim rows, input, hidden;

    constexpr recurrent_weights(const recurrent_extents& e, dim gate_count, dim d, std::span<const T> all_w,
        std::span<const T> all_r, std::span<const T> all_b)
        : rows(gate_count * e.hidden), input(e.input), hidden(e.hidden)
    {
        w = all_w.subspan(index(d * rows * input), index(rows * input));
        r = all_r.subspan(index(d * rows * hidden), index(rows * hidden));
        if (!all_b.empty()) {
            b = all_b.subspan(index(d * 2 * rows), index(2 * rows));
        }
    }

    /// Returns row j of X W^T + Wb.
    constexpr T of_input(dim j, std::span<const T> x) const
    {
        return accumulate(w, j, x, input, b.empty() ? T(0) : b[index(j)]);
    }
    /// Returns row j of H R^T + Rb.
    constexpr T of_state(dim j, std::span<const T> h) const
    {
        return accumulate(r, j, h, hidden, b.empty() ? T(0) : b[index(rows + j)]);
    }

private:
    static constexpr T accumulate(std::span<const T> matrix, dim row, std::span<const T> x, dim columns, T sum)
    {
        for (dim k = 0; k < columns; ++k) {
            sum += matrix[index(row * columns + k)] * x[index(k)];
        }
        return sum;
    }
};

/// A part of the state of one sequence: all initial values (zeros if empty), the current one, and all final ones.
template <class T>
struct state_spans {
    std::span<const T> initial;
    std::span<T> running;
    std::span<T> last;

    constexpr void load(dim from) const
    {
        for (std::size_t i = 0; i < running.size(); ++i) {
            running[i] = initial.empty() ? T(0) : initial[index(from) + i];
        }
    }
    constexpr void clear() const { std::fill(running.begin(), running.end(), T(0)); }
    constexpr void store(dim to) const { store_in(last, to); }
    constexpr void store_in(std::span<T> all, dim to) const
    {
        if (all.empty()) {
            return;
        }
        for (std::size_t i = 0; i < running.size(); ++i) {
            all[index(to) + i] = running[i];
        }
    }
};

/// Runs each sequence in each direction: loads the state, calls step(d, x of the step), keeps the first state in y,
/// stores the state. Beyond the length of its sequence, which is clamped to [0, steps], y is 0; so is the state after a
/// sequence of no steps, as in onnxruntime.
template <class T, std::size_t States, class Step>
constexpr void for_each_step(const recurrence& how, const recurrent_extents& e, std::span<const T> x,
    optional_span<std::int32_t> lengths, const std::array<state_spans<T>, States>& states, std::span<T> y, Step step)
{
    for (dim d = 0; d < e.directions; ++d) {
        for (dim n = 0; n < e.batch; ++n) {
            const dim length = lengths.empty() ? e.steps : std::clamp<dim>(lengths[index(n)], 0, e.steps);
            for (const auto& state : states) {
                length > 0 ? state.load(e.in_states(d, n)) : state.clear();
            }
            for (dim k = 0; k < length; ++k) {
                const dim t = how.backward(d) ? length - 1 - k : k;
                step(d, x.subspan(index(e.in_input(t, n)), index(e.input)));
                states[0].store_in(y, e.in_sequences(t, d, n));
            }
            for (dim t = length; t < e.steps && !y.empty(); ++t) {
                std::fill_n(y.begin() + e.in_sequences(t, d, n), e.hidden, T(0));
            }
            for (const auto& state : states) {
                state.store(e.in_states(d, n));
            }
        }
    }
}

}  // namespace detail

/// Steps run one after another; a layer that has seen only some of them cannot run backwards.
template <class Spec>
    requires requires(Spec s) { s.recurrence.batch_first; }
constexpr axis_flow flow_of(const Spec& s, int operand, const axis_part& part)
{
    const int steps = s.recurrence.batch_first ? 1 : 0;
    if (operand != 0 || part.axis != steps || !part.is_whole_axis()) {
        return mixed("takes for something else than its steps");
    }
    if (s.recurrence.direction != direction::forward) {
        return mixed("runs from the last step to the first along");
    }
    if (s.sequence_lens.present()) {
        return mixed("has lengths of sequences, which a part has not, along");
    }
    return {flow::sequential, part};
}

}  // namespace cameo::inline CAMEO_TARGET
