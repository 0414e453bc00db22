// The fast path of TreeEnsemble: all nodes of a block at once, several trees side by side, no branch that depends on
// the data.
#pragma once
#include <cameo/kernel/simd/bytes.hpp>
#include <cameo/op/tree_ensemble.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// The place that a row reaches below three levels of nodes, 0 to 7 from the left, by the nodes at which it goes left.
inline constexpr std::array<std::uint8_t, 128> place_below_three = [] {
    std::array<std::uint8_t, 128> all{};
    for (unsigned left = 0; left < all.size(); ++left) {
        unsigned k = 0;
        while (k < 7) {
            k = 2 * k + ((left >> k & 1) ? 1 : 2);
        }
        all[left] = static_cast<std::uint8_t>(k - 7);
    }
    return all;
}();

/// A row whose features nodes compare, a block at a time. A short one stays in registers.
template <dim Columns>
class compared_row {
    using V = xsimd::batch<float>;
    using I = xsimd::batch<std::int32_t, typename V::arch_type>;
    static constexpr dim lanes = simd::lanes_of<V>, vectors = (Columns + lanes - 1) / lanes;
    static constexpr bool in_registers = index(vectors) <= simd::lookup_vectors;

public:
    /// Rows are this far apart: whole vectors of those that are loaded into registers.
    static constexpr dim pitch = in_registers ? vectors * lanes : Columns;

    [[gnu::always_inline]] explicit compared_row(const float* from) : from_(from)
    {
        for (std::size_t k = 0; in_registers && k < index(vectors); ++k) {
            row_[k] = V::load_unaligned(from + k * V::size);
        }
    }

    /// Returns a bit for each node of a block at which the row goes left.
    [[gnu::always_inline]] unsigned left(const float* thresholds, const std::uint8_t* features) const
    {
        unsigned all = 0;
        for (dim k = 0; k < tree_ensemble_spec::exits; k += lanes) {
            all |= simd::bits_where<V>(at(features + k) <= V::load_unaligned(thresholds + k)) << k;
        }
        return all;
    }

    /// Returns a bit for each node whose feature is NaN. Under -ffast-math a comparison with itself would not tell, nor
    /// with an infinity of which the compiler knows.
    [[gnu::always_inline]] unsigned missing(const std::uint8_t* features) const
    {
        const V infinity = simd::keep_in_register(simd::of_bits<float>(I(0x7f800000)));
        unsigned all = 0;
        for (dim k = 0; k < tree_ensemble_spec::exits; k += lanes) {
            all |= (~simd::bits_where<V>(at(features + k) <= infinity) & of_lanes) << k;
        }
        return all;
    }

private:
    static constexpr unsigned of_lanes = (1u << lanes) - 1;

    [[gnu::always_inline]] V at(const std::uint8_t* features) const
    {
        const I index_of = simd::widen<I>(features);
        if constexpr (in_registers) {
            return simd::elements<V>(row_, index_of);
        } else {
            return simd::elements<V>(from_, index_of);
        }
    }

    const float* from_;
    std::array<V, in_registers ? index(vectors) : 1> row_;
};

}  // namespace detail

template <tree_ensemble_spec S, tensor_type Y>
    requires(S.x.element == element::float32 && S.features.element == element::uint8 && S.x.storage == storage{} &&
             Y.storage == storage{} && S.weights.shape[1] <= 64 && S.x.shape.count() > 0)
struct kernel<S, Y> {
    static void run(std::span<const float> x, std::span<const float> thresholds, std::span<const std::uint8_t> features,
        optional_span<std::int32_t> next, optional_span<std::int32_t> roots, std::span<const float> weights,
        optional_span<std::uint16_t> missing, std::span<float> y) noexcept
    {
        const operands all{
            thresholds.data(), features.data(), next.data(), roots.data(), weights.data(), missing.data()};
        for (dim first = 0; first < rows; first += rows_at_once) {
            const dim count = std::min(rows_at_once, rows - first);
            std::array<float, index(copied * row::pitch)> copy;
            const float* const from = spread(x.data() + first * columns, count, copy);
            std::array<double, index(rows_at_once * targets)> totals;
            totals.fill(detail::first_total(S.aggregate));
            for (dim t = 0; t < trees; t += side_by_side) {
                for (dim r = 0; r < count; ++r) {
                    add_trees(all, row(from + r * row::pitch), t, totals.data() + r * targets);
                }
            }
            for (dim k = 0; k < count * targets; ++k) {
                y[index(first * targets + k)] =
                    static_cast<float>(detail::last_total(S.aggregate, totals[index(k)], index(trees)));
            }
        }
    }

private:
    static constexpr dim rows = S.x.shape[0], columns = S.x.shape[1], targets = S.weights.shape[1], trees = S.trees();
    using row = detail::compared_row<columns>;
    /// Blocks of a few trees stay in the cache for so many rows, whose totals lie on the stack, and the rows where they
    /// are not as far apart as vectors need.
    static constexpr dim rows_at_once = std::min<dim>(std::max<dim>(16 / targets, 1), rows);
    static constexpr dim copied = row::pitch == columns ? 0 : rows_at_once;
    /// So many paths hide the time that the next block takes to arrive. More of those that are computed only move
    /// between vector and other registers with g++ 12.
    static constexpr dim side_by_side = S.perfect() ? 2 : 4;
    using places = std::array<std::int32_t, index(side_by_side)>;

    struct operands {
        const float* thresholds;
        const std::uint8_t* features;
        const std::int32_t* next;
        const std::int32_t* roots;
        const float* weights;
        const std::uint16_t* missing;
    };

    /// Returns rows that are as far apart as vectors need: a copy, if they are not.
    static const float* spread(const float* x, dim count, std::span<float> copy)
    {
        for (dim r = 0; r < count && copied > 0; ++r) {
            std::copy_n(x + r * columns, columns, copy.data() + r * row::pitch);
        }
        return copied > 0 ? copy.data() : x;
    }

    [[gnu::always_inline]] static void add_trees(const operands& all, const row& x, dim first, double* totals)
    {
        const dim count = std::min(side_by_side, trees - first);
        const places leaves = S.perfect() ? leaves_of_perfect(all, x, first, count) : leaves_of(all, x, first, count);
        for (dim t = 0; t < count; ++t) {
            for (dim k = 0; k < targets; ++k) {
                const float weight = all.weights[dim{leaves[index(t)]} * targets + k];
                totals[k] = detail::combined(S.aggregate, totals[k], static_cast<double>(weight));
            }
        }
    }

    /// Follows the exits of blocks. What is at a leaf already stays there.
    [[gnu::always_inline]] static places leaves_of(const operands& all, const row& x, dim first, dim count)
    {
        places at{};
        std::copy_n(all.roots + first, count, at.begin());
        for (dim level = 0; level < S.levels; ++level) {
            std::array<unsigned, index(side_by_side)> left;
            for (std::size_t t = 0; t < at.size(); ++t) {
                left[t] = left_of(all, x, std::max(at[t], 0));
            }
            for (std::size_t t = 0; t < at.size(); ++t) {
                const std::int32_t to = all.next[std::max(at[t], 0) * S.exits + exit_of(left[t])];
                at[t] = at[t] < 0 ? at[t] : to;
            }
        }
        for (std::int32_t& leaf : at) {
            leaf = -1 - leaf;
        }
        return at;
    }

    /// Computes the place of each next block. Beyond the last tree, that one is computed again.
    [[gnu::always_inline]] static places leaves_of_perfect(const operands& all, const row& x, dim first, dim count)
    {
        places at;
        for (dim t = 0; t < side_by_side; ++t) {
            at[index(t)] = static_cast<std::int32_t>(first + std::min(t, count - 1));
        }
        [&]<std::size_t... Level>(std::index_sequence<Level...>) { (next_level<dim{Level}>(all, x, at), ...); }(
            std::make_index_sequence<index(S.levels)>{});
        return at;
    }

    template <dim Level>
    [[gnu::always_inline]] static void next_level(const operands& all, const row& x, places& at)
    {
        constexpr dim begin = S.begin(Level);
        std::array<unsigned, index(side_by_side)> left;
        for (std::size_t t = 0; t < at.size(); ++t) {
            left[t] = left_of(all, x, begin + at[t]);
        }
        for (std::size_t t = 0; t < at.size(); ++t) {
            at[t] = static_cast<std::int32_t>(S.behind(Level, at[t], exit_of(left[t])));
        }
    }

    /// Returns the exit that a row takes, by the nodes at which it goes left.
    [[gnu::always_inline]] static dim exit_of(unsigned left)
    {
        const unsigned place = detail::place_below_three[left & 127];
        return 2 * place + (left >> (7 + place) & 1 ? 0 : 1);
    }

    [[gnu::always_inline]] static unsigned left_of(const operands& all, const row& x, dim at)
    {
        const dim from = at * S.exits;
        const unsigned left = x.left(all.thresholds + from, all.features + from);
        if constexpr (S.missing.present()) {
            return left | (x.missing(all.features + from) & all.missing[at]);
        } else {
            return left;
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET
