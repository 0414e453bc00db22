// The fast path of LSTM: sums all gates of a step together, with activations on vectors.
#pragma once
#include <cameo/kernel/lstm_layout.hpp>
#include <cameo/kernel/recurrent.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

template <lstm_spec Spec>
struct lstm_steps {
    using loops = recurrent_loops<lstm_spec, Spec>;
    using vector = typename loops::vector;
    using units = typename loops::units;
    static constexpr lstm_spec spec = Spec;
    static constexpr recurrent_extents extents = loops::extents;
    static constexpr dim lanes = loops::lanes, gate_count = spec.gate_count, input = extents.input,
                         hidden = extents.hidden;

    /// Computes one step in direction D for Vectors vectors of hidden units from `first` on: from h to next_h, and c in
    /// place.
    template <dim D, dim Vectors>
    [[gnu::always_inline]] static void run_part(
        const direction_weights& all, const float* x, const float* h, units& next_h, units& c, dim first)
    {
        constexpr lstm_activations by = spec.activations_of(D);
        typename loops::template gate_sums<Vectors> sums(
            [&](dim g, dim v) { return loops::biases(all.b, g, first + v); });
        sums.template accumulate<input, 0, gate_count>(x, all.w + first * lanes);
        sums.template accumulate<hidden, 0, gate_count>(h, all.r + first * lanes);
#pragma GCC unroll 8
        for (dim v = 0; v < Vectors; ++v) {
            const auto gate = [&](dim g) { return activate<spec.recurrence, by.f>(sums.total(g, v)); };
            float* const cell = c.data() + (first + v) * lanes;
            const vector candidate = gate(0) * activate<spec.recurrence, by.g>(sums.total(3, v));
            const vector next = simd::multiply_add(gate(2), vector::load_unaligned(cell), candidate);
            next.store_unaligned(cell);
            (gate(1) * activate<recurrence{}, by.h>(next)).store_unaligned(next_h.data() + (first + v) * lanes);
        }
    }
};

}  // namespace detail

template <lstm_spec Spec, tensor_type Result>
    requires(stored_for_recurrent_kernel(Spec, Result))
struct kernel<Spec, Result> {
    static constexpr bool small = multiplications(Spec) <= detail::small_products;
    [[gnu::always_inline]] static void run(std::span<const float> x, std::span<const float> w, std::span<const float> r,
        std::span<const float> b, std::span<const std::int32_t>, std::span<const float> initial_h,
        std::span<const float> initial_c, std::span<const float>, std::span<float> y, std::span<float> y_h,
        std::span<float> y_c, std::span<float>) noexcept
    {
        using steps = detail::lstm_steps<Spec>;
        using loops = typename steps::loops;
        loops::for_each_sequence([&]<dim D>(dim n) __attribute__((always_inline)) {
            const dim state = loops::extents.in_states(D, n);
            alignas(64) typename loops::units c{};
            if constexpr (steps::spec.initial_c.present()) {
                loops::copy(initial_c.data() + state, c);
            }
            loops::template run_sequence<D>({x, w, r, b, initial_h, y, y_h}, n,
                [&](const auto& all, const float* now, const float* h, auto& next) __attribute__((always_inline)) {
                    alignas(64) typename loops::units rounded;
                    if constexpr (steps::spec.quantized_state) {
                        detail::round_to_bytes<float>({h, index(loops::hidden)}, rounded);
                        h = rounded.data();
                    }
                    loops::for_each_part([&]<dim Vectors>(dim first) __attribute__((always_inline)) {
                        steps::template run_part<D, Vectors>(all, now, h, next, c, first);
                    });
                });
            if (!y_c.empty()) {
                loops::copy(c, y_c.data() + state);
            }
        });
    }
};

}  // namespace cameo::inline CAMEO_TARGET
