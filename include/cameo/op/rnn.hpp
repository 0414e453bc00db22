// RNN: the simple recurrent layer over whole sequences, in one or both directions.
#pragma once
#include <cameo/op/recurrent.hpp>

namespace cameo::inline CAMEO_TARGET {

struct rnn_attributes {
    cameo::recurrence recurrence{};
    elementwise_expression activation = tanh(operand<0>);
    elementwise_expression second_activation = tanh(operand<0>);  ///< of the second direction
    static constexpr void each(auto visit)
    {
        visit("recurrence", &rnn_attributes::recurrence);
        visit("activation", &rnn_attributes::activation);
        visit("second_activation", &rnn_attributes::second_activation);
    }
};

/// ONNX RNN, opsets 7, 14, 22: float32 and float64. D directions, H hidden units.
struct rnn_spec : rnn_attributes {
    using attributes = rnn_attributes;
    tensor_type x{};              ///< steps x batch x input; batch first if so asked, as in states and results
    tensor_type w{};              ///< D x H x input
    tensor_type r{};              ///< D x H x H
    tensor_type b{};              ///< D x 2H: Wb, Rb; optional
    tensor_type sequence_lens{};  ///< batch; optional
    tensor_type initial_h{};      ///< D x batch x H; optional

    static constexpr dim gate_count = 1;
    static constexpr std::size_t scratch = 2;
    static constexpr std::array<carried_state, 1> carried_states{{{5, 1}}};
    constexpr recurrent_extents extents() const { return {recurrence, x, r}; }

    template <class T>
    using signature = results<T, T, T>(T, T, T, T, std::int32_t, T);
    using parameters = type_list<floating_elements>;
};

/// Y, Y_h; and scratch for one sequence: its h, and the next.
constexpr std::array<tensor_type, 3> result(const rnn_spec& s)
{
    const recurrent_extents e = s.extents();
    const element t = s.x.element;
    return {tensor_type{t, e.sequences()}, {t, e.states()}, {t, {2 * e.hidden}}};
}

constexpr recurrent_problem check(const rnn_spec& s)
{
    using enum recurrent_problem;
    if (const auto problem = detail::check_recurrent(s, s.gate_count); problem != none) {
        return problem;
    }
    for (const elementwise_expression& p : {s.activation, s.second_activation}) {
        if (!detail::is_activation(p, s.x.element)) {
            return activation_must_be_a_floating_function_of_one_operand;
        }
    }
    return none;
}

/// The definition: H = f(X W^T + H R^T + Wb + Rb).
template <class T>
constexpr void evaluate(const rnn_spec& s, std::span<const T> x, std::span<const T> w, std::span<const T> r,
    optional_span<T> b, optional_span<std::int32_t> sequence_lens, optional_span<T> initial_h, optional_result<T> y,
    optional_result<T> y_h, optional_result<T> scratch)
{
    const recurrent_extents e = s.extents();
    const std::span<T> h = scratch.first(index(e.hidden)), next = scratch.subspan(index(e.hidden), index(e.hidden));
    const std::array states{detail::state_spans<T>{initial_h, h, y_h}};
    detail::for_each_step(s.recurrence, e, x, sequence_lens, states, y, [&](dim d, std::span<const T> now) {
        const detail::recurrent_weights<T> weights(e, s.gate_count, d, w, r, b);
        const elementwise_expression& activation = d == 0 ? s.activation : s.second_activation;
        for (dim u = 0; u < e.hidden; ++u) {
            next[index(u)] =
                detail::activate(s.recurrence, activation, weights.of_input(u, now) + weights.of_state(u, h));
        }
        std::copy(next.begin(), next.end(), h.begin());
    });
}

/// Counts the multiplications, each with an addition, in the matrix products of one call.
constexpr dim multiplications(const rnn_spec& s)
{
    return saturating_product(s.extents().steps, s.extents().batch, s.w.shape.count() + s.r.shape.count());
}

template <auto Result, class Operands, rnn_attributes Attributes = rnn_attributes{}, class Secondary = into<>>
using rnn = layer<rnn_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
