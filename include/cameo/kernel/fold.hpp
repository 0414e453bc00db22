// Folds many numbers into one, or into one for each lane (sums, extremes), with four partial results to hide latency.
#pragma once
#include <cameo/kernel/simd/simd.hpp>

namespace cameo::inline CAMEO_TARGET::simd {

/// Combines all lanes of a vector: halves, then halves of them.
template <class V>
[[gnu::always_inline]] inline number_of<V> fold_lanes(const V& x, const auto& combine)
{
    using T = number_of<V>;
    constexpr dim lanes = lanes_of<V>;
    alignas(sizeof(V)) std::array<T, V::size> lane;
    x.store_aligned(lane.data());
    if constexpr (lanes > narrowest<T>) {
        using half = vector<T, lanes / 2>;
        return fold_lanes(
            combine(half::load_aligned(lane.data()), half::load_aligned(lane.data() + lanes / 2)), combine);
    } else {
        T all = lane[0];
        for (std::size_t i = 1; i < V::size; ++i) {
            all = combine(all, lane[i]);
        }
        return all;
    }
}

/// Combines term(x[i]) for Count contiguous numbers with `start`, which is neutral. term and combine take vectors and
/// numbers.
template <dim Count, class T>
[[gnu::always_inline]] inline T fold_row(const T* x, T start, const auto& term, const auto& combine)
{
    using wide = xsimd::batch<T>;
    constexpr dim lanes = lanes_of<wide>, sets = std::clamp<dim>(Count / lanes, 1, 4),
                  whole = Count / (sets * lanes) * (sets * lanes);
    std::array<wide, index(sets)> part;
    part.fill(wide(start));
    for (dim i = 0; i < whole; i += sets * lanes)
#pragma GCC unroll 4
        for (dim s = 0; s < sets; ++s) {
            part[index(s)] = combine(part[index(s)], term(load<wide>(x + i + s * lanes)));
        }
    T rest = start;
    for_each_piece<T, Count - whole>(
        [&]<class V, dim Used>(dim i) {
            if constexpr (Used < lanes_of<V>) {
                for (dim k = 0; k < Used; ++k) {
                    rest = combine(rest, term(x[i + k]));
                }
            } else if constexpr (lanes_of<V> == lanes) {
                part[0] = combine(part[0], term(load<V>(x + i)));
            } else {
                rest = combine(rest, fold_lanes(term(load<V>(x + i)), combine));
            }
        },
        whole);
    if constexpr (Count < lanes) {
        return rest;
    }
    for (std::size_t s = 1; s < part.size(); ++s) {
        part[0] = combine(part[0], part[s]);
    }
    return combine(rest, fold_lanes(part[0], combine));
}

/// Does the same for each of the first Used lanes of Count vectors, which are Step numbers apart, in each of `rows`
/// rows.
template <class V, dim Used, dim Count, dim Step>
[[gnu::always_inline]] inline V fold_columns(
    const number_of<V>* x, dim rows, dim row_step, number_of<V> start, const auto& term, const auto& combine)
{
    constexpr dim sets = std::clamp<dim>(Count, 1, 4), whole = Count / sets * sets;
    std::array<V, index(sets)> part;
    part.fill(V(start));
    for (dim row = 0; row < rows; ++row, x += row_step) {
        for (dim i = 0; i < whole; i += sets)
#pragma GCC unroll 4
            for (dim s = 0; s < sets; ++s) {
                part[index(s)] = combine(part[index(s)], term(load<V, Used>(x + (i + s) * Step)));
            }
        for (dim i = whole; i < Count; ++i) {
            part[0] = combine(part[0], term(load<V, Used>(x + i * Step)));
        }
    }
    for (std::size_t s = 1; s < part.size(); ++s) {
        part[0] = combine(part[0], part[s]);
    }
    return part[0];
}

}  // namespace cameo::inline CAMEO_TARGET::simd
