// What the fast paths of LSTM and GRU share: sums of all gates in registers, activations, and the loop over the steps.
#pragma once
#include <cameo/kernel/recurrent_layout.hpp>
#include <cameo/kernel/register_tile.hpp>
#include <cameo/op/recurrent.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// Applies the activation of a gate or candidate, after clipping if the layer says so.
template <recurrence How, elementwise_expression Activation, class V>
[[gnu::always_inline]] inline V activate(V x)
{
    constexpr auto bound = static_cast<float>(How.clip);
    if constexpr (bound > 0) {
        x = simd::smaller(V(bound), simd::larger(V(-bound), x));
    }
    return apply<Activation>(std::array<V, 1>{x});
}

/// The operands and results that LSTM and GRU share.
struct recurrent_memory {
    std::span<const float> x, w, r, b, initial_h;
    std::span<float> y, y_h;
};

/// The weights of one direction.
struct direction_weights {
    const float *w, *r, *b;
};

/// One recurrent layer: how its hidden units fill vectors, and how many vectors of each gate are summed at a time.
template <class Spec, Spec Layer>
struct recurrent_loops {
    static constexpr Spec spec = Layer;
    static constexpr recurrent_extents extents = spec.extents();
    static constexpr dim gate_count = Spec::gate_count, hidden = extents.hidden, padded = blocks(hidden) * block;
    static constexpr dim lanes = simd::choose_lanes(hidden), vectors = (hidden + lanes - 1) / lanes,
                         last = hidden - (vectors - 1) * lanes;
    /// GRU keeps what the input adds to the candidate apart from what the state adds.
    static constexpr dim sums = 4;
    static constexpr dim parts = (vectors + simd::accumulators / sums - 1) / (simd::accumulators / sums),
                         most = (vectors + parts - 1) / parts;
    using vector = simd::vector<float, lanes>;
    /// Numbers of the hidden units, each vector whole.
    using units = std::array<float, index(vectors* lanes)>;

    /// The sums of gates for Vectors vectors of hidden units from `first` on; partial sums hide the latency of a
    /// multiply-add.
    template <dim Vectors>
    struct gate_sums {
        static constexpr dim sets = Vectors == 1 ? 2 : 1;
        vector sum[index(sets)][index(sums)][index(Vectors)];

        /// first_of(g, v): what sum g of vector v begins with.
        [[gnu::always_inline]] explicit gate_sums(auto first_of)
        {
#pragma GCC unroll 4
            for (dim g = 0; g < sums; ++g)
#pragma GCC unroll 8
                for (dim v = 0; v < Vectors; ++v) {
                    sum[0][g][v] = first_of(g, v);
                    if constexpr (sets == 2) {
                        sum[1][g][v] = vector(0.0f);
                    }
                }
        }

        /// Adds the products of Count numbers and the weights of gates [From, To) to their sums; if Apart, the last sum
        /// is that of gate 2.
        template <dim Count, dim From, dim To, bool Apart = false>
        [[gnu::always_inline]] void accumulate(const float* x, const float* w)
        {
            const auto step = [&](dim k, dim set) __attribute__((always_inline)) {
                const vector element(x[k]);
#pragma GCC unroll 4
                for (dim g = From; g < To; ++g)
#pragma GCC unroll 8
                    for (dim v = 0; v < Vectors; ++v) {
                        vector& to = sum[set][Apart && g == 2 ? 3 : g][v];
                        to = simd::multiply_add(
                            element, vector::load_unaligned(w + (k * gate_count + g) * padded + v * lanes), to);
                    }
            };
            for_each_step<Count, sets, sums * Vectors>(step);
        }

        [[gnu::always_inline]] vector total(dim g, dim v) const
        {
            if constexpr (sets == 1) {
                return sum[0][g][v];
            } else {
                return sum[0][g][v] + sum[1][g][v];
            }
        }
    };

    /// Calls visit.template operator()<Vectors>(first vector) for the parts in which the hidden units are computed.
    [[gnu::always_inline]] static void for_each_part(const auto& visit) { for_each_tile<vectors, most>(visit); }

    /// Reads the hidden units of a vector; lanes beyond the last are 0.
    [[gnu::always_inline]] static vector load(const float* from, dim v)
    {
        return v + 1 < vectors ? vector::load_unaligned(from + v * lanes) : simd::load<vector, last>(from + v * lanes);
    }
    [[gnu::always_inline]] static void store(const vector& x, float* to, dim v)
    {
        v + 1 < vectors ? x.store_unaligned(to + v * lanes) : simd::store<last>(x, to + v * lanes);
    }
    [[gnu::always_inline]] static void copy(const units& from, float* to)
    {
        for (dim v = 0; v < vectors; ++v) {
            store(vector::load_unaligned(from.data() + v * lanes), to, v);
        }
    }
    [[gnu::always_inline]] static void copy(const float* from, units& to)
    {
        for (dim v = 0; v < vectors; ++v) {
            load(from, v).store_unaligned(to.data() + v * lanes);
        }
    }

    /// Returns bias g of a direction, of Wb then Rb, for vector v; 0 if there is none.
    [[gnu::always_inline]] static vector bias(const float* b, dim g, dim v)
    {
        if constexpr (spec.b.present()) {
            return load(b + g * hidden, v);
        } else {
            return vector(0.0f);
        }
    }

    /// Returns the sum of both biases of gate g.
    [[gnu::always_inline]] static vector biases(const float* b, dim g, dim v)
    {
        return bias(b, g, v) + bias(b, gate_count + g, v);
    }

    /// Calls run.template operator()<D>(n) for each sequence n in each direction D.
    [[gnu::always_inline]] static void for_each_sequence(auto run)
    {
        for (dim n = 0; n < extents.batch; ++n) {
            run.template operator()<0>(n);
        }
        if constexpr (extents.directions == 2) {
            for (dim n = 0; n < extents.batch; ++n) {
                run.template operator()<1>(n);
            }
        }
    }

    /// Calls step(weights, x of the step, h, next h) over the steps of sequence n in direction D; keeps h where it is
    /// asked for.
    template <dim D>
    [[gnu::always_inline]] static void run_sequence(const recurrent_memory& m, dim n, auto step)
    {
        const direction_weights weights{m.w.data() + D * extents.input * gate_count * padded,
            m.r.data() + D * hidden * gate_count * padded, m.b.data() + D * 2 * gate_count * hidden};
        alignas(64) units h[2]{};
        const float* now = h[0].data();
        if constexpr (spec.initial_h.present()) {
            now = m.initial_h.data() + extents.in_states(D, n);
        }
        for (dim k = 0; k < extents.steps; ++k) {
            const dim t = spec.recurrence.backward(D) ? extents.steps - 1 - k : k;
            units& next = h[(k + 1) % 2];
            step(weights, m.x.data() + extents.in_input(t, n), now, next);
            if (!m.y.empty()) {
                copy(next, m.y.data() + extents.in_sequences(t, D, n));
            }
            now = next.data();
        }
        if (!m.y_h.empty()) {
            copy(h[extents.steps % 2], m.y_h.data() + extents.in_states(D, n));
        }
    }
};

}  // namespace detail

}  // namespace cameo::inline CAMEO_TARGET
