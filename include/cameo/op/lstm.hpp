// LSTM: long short-term memory over whole sequences, in one or both directions, with optional peepholes.
#pragma once
#include <cameo/op/recurrent.hpp>

namespace cameo::inline CAMEO_TARGET {

struct lstm_activations {
    elementwise_expression f = sigmoid(operand<0>);  ///< of the gates
    elementwise_expression g = tanh(operand<0>);     ///< of the candidate
    elementwise_expression h = tanh(operand<0>);     ///< of the cell
    static constexpr void each(auto visit)
    {
        visit("f", &lstm_activations::f);
        visit("g", &lstm_activations::g);
        visit("h", &lstm_activations::h);
    }
};

struct lstm_attributes {
    cameo::recurrence recurrence{};
    bool input_forget = false;  ///< the forget gate is 1 - the input gate
    lstm_activations activations{};
    lstm_activations second_activations{};  ///< of the second direction
    bool quantized_state =
        false;  ///< the H that enters products is rounded as DynamicQuantizeLinear does, in each step
    static constexpr void each(auto visit)
    {
        visit("recurrence", &lstm_attributes::recurrence);
        visit("input_forget", &lstm_attributes::input_forget);
        visit("activations", &lstm_attributes::activations);
        visit("second_activations", &lstm_attributes::second_activations);
        visit("quantized_state", &lstm_attributes::quantized_state);
    }
};

/// ONNX LSTM, opsets 7, 14, 22, and com.microsoft's DynamicQuantizeLSTM of a batch of one: float32 and float64. D
/// directions, H hidden units; gates in the order i, o, f, c.
struct lstm_spec : lstm_attributes {
    using attributes = lstm_attributes;
    tensor_type x{};              ///< steps x batch x input; batch first if so asked, as in states and results
    tensor_type w{};              ///< D x 4H x input
    tensor_type r{};              ///< D x 4H x H
    tensor_type b{};              ///< D x 8H: Wb, Rb; optional
    tensor_type sequence_lens{};  ///< batch; optional
    tensor_type initial_h{};      ///< D x batch x H; optional
    tensor_type initial_c{};      ///< D x batch x H; optional
    tensor_type p{};              ///< D x 3H: peepholes of i, o, f; optional

    static constexpr dim gate_count = 4;
    static constexpr std::size_t scratch = 3;
    static constexpr std::array<carried_state, 2> carried_states{{{5, 1}, {6, 2}}};
    constexpr recurrent_extents extents() const { return {recurrence, x, r}; }
    constexpr const lstm_activations& activations_of(dim d) const { return d == 0 ? activations : second_activations; }

    template <class T>
    using signature = results<T, T, T, T>(T, T, T, T, std::int32_t, T, T, T);
    using parameters = type_list<floating_elements>;
};

/// Y, Y_h, Y_c; and scratch for one sequence: its gates, h, c and, if it is rounded, h again.
constexpr std::array<tensor_type, 4> result(const lstm_spec& s)
{
    const recurrent_extents e = s.extents();
    const element t = s.x.element;
    return {tensor_type{t, e.sequences()}, {t, e.states()}, {t, e.states()},
        {t, {(s.gate_count + (s.quantized_state ? 3 : 2)) * e.hidden}}};
}

constexpr recurrent_problem check(const lstm_spec& s)
{
    using enum recurrent_problem;
    if (const auto problem = detail::check_recurrent(s, s.gate_count); problem != none) {
        return problem;
    }
    const recurrent_extents e = s.extents();
    if (s.initial_c.present() && s.initial_c.shape != e.states()) {
        return initial_state_must_have_the_shape_of_the_final_one;
    }
    if (s.p.present() && s.p.shape != shape{e.directions, 3 * e.hidden}) {
        return peepholes_must_be_three_per_hidden_unit;
    }
    for (const lstm_activations& a : {s.activations, s.second_activations}) {
        for (const elementwise_expression& p : {a.f, a.g, a.h}) {
            if (!detail::is_activation(p, s.x.element)) {
                return activation_must_be_a_floating_function_of_one_operand;
            }
        }
    }
    return none;
}

namespace detail {

/// Rounds numbers to 256 steps between the least and the largest of them and 0, as DynamicQuantizeLinear and
/// DequantizeLinear would.
template <class T>
constexpr void round_to_bytes(std::span<const T> from, std::span<T> to)
{
    using mathematics::nearbyint;
    T low{}, high{};
    for (const T v : from) {
        low = v < low ? v : low;
        high = v > high ? v : high;
    }
    const T scale = (high - low) / 255;
    if (!(scale > 0)) {
        return static_cast<void>(std::copy(from.begin(), from.end(), to.begin()));
    }
    const T zero_point = nearbyint(-low / scale);
    for (std::size_t i = 0; i < from.size(); ++i) {
        to[i] = (std::clamp(nearbyint(from[i] / scale) + zero_point, T(0), T(255)) - zero_point) * scale;
    }
}

}  // namespace detail

/// The definition: i, o, f = f(X W^T + H R^T + P . C + Wb + Rb), c = g(X W^T + H R^T + Wb + Rb),
/// C = f . C + i . c, H = o . h(C), where o sees the new C. As in onnxruntime, clip does not apply to the C that enters
/// h.
template <class T>
constexpr void evaluate(const lstm_spec& s, std::span<const T> x, std::span<const T> w, std::span<const T> r,
    optional_span<T> b, optional_span<std::int32_t> sequence_lens, optional_span<T> initial_h,
    optional_span<T> initial_c, optional_span<T> p, optional_result<T> y, optional_result<T> y_h,
    optional_result<T> y_c, optional_result<T> scratch)
{
    const recurrent_extents e = s.extents();
    const auto hidden = index(e.hidden);
    const std::span<T> gates = scratch.first(4 * hidden), h = scratch.subspan(4 * hidden, hidden),
                       c = scratch.subspan(5 * hidden, hidden), rounded = scratch.subspan(6 * hidden);
    const std::array states{detail::state_spans<T>{initial_h, h, y_h}, detail::state_spans<T>{initial_c, c, y_c}};
    detail::for_each_step(s.recurrence, e, x, sequence_lens, states, y, [&](dim d, std::span<const T> now) {
        const detail::recurrent_weights<T> weights(e, s.gate_count, d, w, r, b);
        const lstm_activations& by = s.activations_of(d);
        const auto activate = [&](const elementwise_expression& activation, T v) {
            return detail::activate(s.recurrence, activation, v);
        };
        const auto peephole = [&](dim gate, std::size_t unit) {
            return p.empty() ? T(0) : p[index((d * 3 + gate) * e.hidden) + unit];
        };
        if (s.quantized_state) {
            detail::round_to_bytes<T>(h, rounded);
        }
        for (dim j = 0; j < weights.rows; ++j) {
            gates[index(j)] = weights.of_input(j, now) + weights.of_state(j, s.quantized_state ? rounded : h);
        }
        for (std::size_t u = 0; u < hidden; ++u) {
            const T i = activate(by.f, gates[u] + peephole(0, u) * c[u]);
            const T f = s.input_forget ? T(1) - i : activate(by.f, gates[2 * hidden + u] + peephole(2, u) * c[u]);
            c[u] = f * c[u] + i * activate(by.g, gates[3 * hidden + u]);
            h[u] = activate(by.f, gates[hidden + u] + peephole(1, u) * c[u]) *
                   detail::interpret(by.h, std::array<T, elementwise_expression::max_operands>{c[u]});
        }
    });
}

/// Counts the multiplications, each with an addition, in the matrix products of one call.
constexpr dim multiplications(const lstm_spec& s)
{
    return saturating_product(s.extents().steps, s.extents().batch, s.w.shape.count() + s.r.shape.count());
}

template <auto Result, class Operands, lstm_attributes Attributes = lstm_attributes{}, class Secondary = into<>>
using lstm = layer<lstm_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
