// GRU: a gated recurrent unit over whole sequences, in one or both directions.
#pragma once
#include <cameo/op/recurrent.hpp>

namespace cameo::inline CAMEO_TARGET {

struct gru_activations {
    elementwise_expression f = sigmoid(operand<0>);  ///< of the gates
    elementwise_expression g = tanh(operand<0>);     ///< of the candidate
    static constexpr void each(auto visit)
    {
        visit("f", &gru_activations::f);
        visit("g", &gru_activations::g);
    }
};

struct gru_attributes {
    cameo::recurrence recurrence{};
    bool linear_before_reset = false;  ///< the reset gate applies to H R^T + Rb, not to H
    gru_activations activations{};
    gru_activations second_activations{};  ///< of the second direction
    static constexpr void each(auto visit)
    {
        visit("recurrence", &gru_attributes::recurrence);
        visit("linear_before_reset", &gru_attributes::linear_before_reset);
        visit("activations", &gru_attributes::activations);
        visit("second_activations", &gru_attributes::second_activations);
    }
};

/// ONNX GRU, opsets 7, 14, 22: float32 and float64. D directions, H hidden units; gates in the order z, r, h.
struct gru_spec : gru_attributes {
    using attributes = gru_attributes;
    tensor_type x{};              ///< steps x batch x input; batch first if so asked, as in states and results
    tensor_type w{};              ///< D x 3H x input
    tensor_type r{};              ///< D x 3H x H
    tensor_type b{};              ///< D x 6H: Wb, Rb; optional
    tensor_type sequence_lens{};  ///< batch; optional
    tensor_type initial_h{};      ///< D x batch x H; optional

    static constexpr dim gate_count = 3;
    static constexpr std::size_t scratch = 2;
    static constexpr std::array<carried_state, 1> carried_states{{{5, 1}}};
    constexpr recurrent_extents extents() const { return {recurrence, x, r}; }
    constexpr const gru_activations& activations_of(dim d) const { return d == 0 ? activations : second_activations; }

    template <class T>
    using signature = results<T, T, T>(T, T, T, T, std::int32_t, T);
    using parameters = type_list<floating_elements>;
};

/// Y, Y_h; and scratch for one sequence: its gates, h, and h after the reset gate.
constexpr std::array<tensor_type, 3> result(const gru_spec& s)
{
    const recurrent_extents e = s.extents();
    const element t = s.x.element;
    return {tensor_type{t, e.sequences()}, {t, e.states()}, {t, {(s.gate_count + 2) * e.hidden}}};
}

constexpr recurrent_problem check(const gru_spec& s)
{
    using enum recurrent_problem;
    if (const auto problem = detail::check_recurrent(s, s.gate_count); problem != none) {
        return problem;
    }
    for (const gru_activations& a : {s.activations, s.second_activations}) {
        for (const elementwise_expression& p : {a.f, a.g}) {
            if (!detail::is_activation(p, s.x.element)) {
                return activation_must_be_a_floating_function_of_one_operand;
            }
        }
    }
    return none;
}

/// The definition: z, r = f(X W^T + H R^T + Wb + Rb), h = g(X W^T + (r . H) R^T + Wb + Rb), or
/// h = g(X W^T + Wb + r . (H R^T + Rb)) with linear_before_reset; H = (1 - z) . h + z . H.
template <class T>
constexpr void evaluate(const gru_spec& s, std::span<const T> x, std::span<const T> w, std::span<const T> r,
    optional_span<T> b, optional_span<std::int32_t> sequence_lens, optional_span<T> initial_h, optional_result<T> y,
    optional_result<T> y_h, optional_result<T> scratch)
{
    const recurrent_extents e = s.extents();
    const auto hidden = index(e.hidden);
    const std::span<T> update = scratch.first(hidden), reset = scratch.subspan(hidden, hidden),
                       candidate = scratch.subspan(2 * hidden, hidden);
    const std::span<T> h = scratch.subspan(3 * hidden, hidden), kept = scratch.subspan(4 * hidden, hidden);
    const std::array states{detail::state_spans<T>{initial_h, h, y_h}};
    detail::for_each_step(s.recurrence, e, x, sequence_lens, states, y, [&](dim d, std::span<const T> now) {
        const detail::recurrent_weights<T> weights(e, s.gate_count, d, w, r, b);
        const gru_activations& by = s.activations_of(d);
        for (std::size_t u = 0; u < 2 * hidden; ++u) {
            const dim row = static_cast<dim>(u);
            scratch[u] = detail::activate(s.recurrence, by.f, weights.of_input(row, now) + weights.of_state(row, h));
        }
        for (std::size_t u = 0; u < hidden; ++u) {
            kept[u] = reset[u] * h[u];
        }
        for (std::size_t u = 0; u < hidden; ++u) {
            const dim row = 2 * e.hidden + static_cast<dim>(u);
            const T of_state =
                s.linear_before_reset ? reset[u] * weights.of_state(row, h) : weights.of_state(row, kept);
            candidate[u] = detail::activate(s.recurrence, by.g, weights.of_input(row, now) + of_state);
        }
        for (std::size_t u = 0; u < hidden; ++u) {
            h[u] = (T(1) - update[u]) * candidate[u] + update[u] * h[u];
        }
    });
}

/// Counts the multiplications, each with an addition, in the matrix products of one call.
constexpr dim multiplications(const gru_spec& s)
{
    return saturating_product(s.extents().steps, s.extents().batch, s.w.shape.count() + s.r.shape.count());
}

template <auto Result, class Operands, gru_attributes Attributes = gru_attributes{}, class Secondary = into<>>
using gru = layer<gru_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
