// The fast path of GRU: sums all gates of a step together, with activations on vectors.
#pragma once
#include <cameo/kernel/gru_layout.hpp>
#include <cameo/kernel/recurrent.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

template <gru_spec Spec>
struct gru_steps {
    using loops = recurrent_loops<gru_spec, Spec>;
    using vector = typename loops::vector;
    using units = typename loops::units;
    static constexpr gru_spec spec = Spec;
    static constexpr recurrent_extents extents = loops::extents;
    static constexpr dim lanes = loops::lanes, gate_count = spec.gate_count, input = extents.input,
                         hidden = extents.hidden;
    template <dim Vectors>
    using gate_sums = typename loops::template gate_sums<Vectors>;

    [[gnu::always_inline]] static void store_next(
        units& next, const float* h, dim v, const vector& update, const vector& candidate)
    {
        simd::multiply_add(update, loops::load(h, v) - candidate, candidate).store_unaligned(next.data() + v * lanes);
    }

    /// Computes one step in direction D for Vectors vectors of hidden units from `first` on. The reset gate applies to
    /// what the state adds to the candidate.
    template <dim D, dim Vectors>
    [[gnu::always_inline]] static void run_part(
        const direction_weights& all, const float* x, const float* h, units& next, dim first)
    {
        constexpr gru_activations by = spec.activations_of(D);
        gate_sums<Vectors> sums([&](dim g, dim v) {
            return g < 2 ? loops::biases(all.b, g, first + v)
                         : loops::bias(all.b, g == 2 ? 2 : gate_count + 2, first + v);
        });
        sums.template accumulate<input, 0, gate_count>(x, all.w + first * lanes);
        sums.template accumulate<hidden, 0, gate_count, true>(h, all.r + first * lanes);
#pragma GCC unroll 8
        for (dim v = 0; v < Vectors; ++v) {
            const vector update = activate<spec.recurrence, by.f>(sums.total(0, v)),
                         reset = activate<spec.recurrence, by.f>(sums.total(1, v));
            const vector candidate =
                activate<spec.recurrence, by.g>(simd::multiply_add(reset, sums.total(3, v), sums.total(2, v)));
            store_next(next, h, first + v, update, candidate);
        }
    }

    /// Computes the gates of a step whose reset gate applies to the state itself: the update gate, and the state that
    /// is kept.
    template <dim D, dim Vectors>
    [[gnu::always_inline]] static void run_gates(
        const direction_weights& all, const float* x, const float* h, units& update, units& kept, dim first)
    {
        constexpr gru_activations by = spec.activations_of(D);
        gate_sums<Vectors> sums(
            [&](dim g, dim v) { return g < 2 ? loops::biases(all.b, g, first + v) : vector(0.0f); });
        sums.template accumulate<input, 0, 2>(x, all.w + first * lanes);
        sums.template accumulate<hidden, 0, 2>(h, all.r + first * lanes);
#pragma GCC unroll 8
        for (dim v = 0; v < Vectors; ++v) {
            const dim at = (first + v) * lanes;
            activate<spec.recurrence, by.f>(sums.total(0, v)).store_unaligned(update.data() + at);
            (activate<spec.recurrence, by.f>(sums.total(1, v)) * loops::load(h, first + v))
                .store_unaligned(kept.data() + at);
        }
    }
    template <dim D, dim Vectors>
    [[gnu::always_inline]] static void run_candidate(const direction_weights& all, const float* x, const float* h,
        const units& update, const units& kept, units& next, dim first)
    {
        constexpr gru_activations by = spec.activations_of(D);
        gate_sums<Vectors> sums(
            [&](dim g, dim v) { return g == 2 ? loops::biases(all.b, 2, first + v) : vector(0.0f); });
        sums.template accumulate<input, 2, gate_count>(x, all.w + first * lanes);
        sums.template accumulate<hidden, 2, gate_count>(kept.data(), all.r + first * lanes);
#pragma GCC unroll 8
        for (dim v = 0; v < Vectors; ++v) {
            store_next(next, h, first + v, vector::load_unaligned(update.data() + (first + v) * lanes),
                activate<spec.recurrence, by.g>(sums.total(2, v)));
        }
    }

    template <dim D>
    [[gnu::always_inline]] static void run_step(
        const direction_weights& all, const float* x, const float* h, units& next)
    {
        if constexpr (spec.linear_before_reset) {
            loops::for_each_part([&]<dim Vectors>(dim first)
                                     __attribute__((always_inline)) { run_part<D, Vectors>(all, x, h, next, first); });
        } else {
            alignas(64) units update, kept;
            loops::for_each_part([&]<dim Vectors>(dim first) __attribute__((always_inline)) {
                run_gates<D, Vectors>(all, x, h, update, kept, first);
            });
            loops::for_each_part([&]<dim Vectors>(dim first) __attribute__((always_inline)) {
                run_candidate<D, Vectors>(all, x, h, update, kept, next, first);
            });
        }
    }
};

}  // namespace detail

template <gru_spec Spec, tensor_type Result>
    requires(stored_for_recurrent_kernel(Spec, Result))
struct kernel<Spec, Result> {
    static constexpr bool small = multiplications(Spec) <= detail::small_products;
    [[gnu::always_inline]] static void run(std::span<const float> x, std::span<const float> w, std::span<const float> r,
        std::span<const float> b, std::span<const std::int32_t>, std::span<const float> initial_h, std::span<float> y,
        std::span<float> y_h, std::span<float>) noexcept
    {
        using steps = detail::gru_steps<Spec>;
        using loops = typename steps::loops;
        loops::for_each_sequence([&]<dim D>(dim n) __attribute__((always_inline)) {
            loops::template run_sequence<D>({x, w, r, b, initial_h, y, y_h}, n,
                [&](const auto& all, const float* now, const float* h, auto& next)
                    __attribute__((always_inline)) { steps::template run_step<D>(all, now, h, next); });
        });
    }
};

}  // namespace cameo::inline CAMEO_TARGET
