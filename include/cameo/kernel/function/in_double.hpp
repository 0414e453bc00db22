// Computes the steps of a function on floats that need double precision.
#pragma once
#include <cameo/kernel/simd/simd.hpp>
#include <utility>

namespace cameo::inline CAMEO_TARGET::simd {

/// f of the lanes of vectors of floats as doubles, rounded to floats: f takes a half of the lanes at a time, as vectors
/// of doubles.
template <class A, class F, class... V>
[[gnu::always_inline]] inline xsimd::batch<float, A> in_double(F f, const xsimd::batch<float, A>& x, const V&... rest)
{
    using floats = xsimd::batch<float, A>;
    using doubles = xsimd::batch<double, A>;
    return [&]<std::size_t... Lane>(std::index_sequence<Lane...>) __attribute__((always_inline)) {
        const auto low = [](const floats& v) __attribute__((always_inline)) {
            return doubles(__builtin_convertvector(
                __builtin_shufflevector(v.data, v.data, Lane...), typename doubles::register_type));
        };
        const auto high = [](const floats& v) __attribute__((always_inline)) {
            return doubles(__builtin_convertvector(
                __builtin_shufflevector(v.data, v.data, (Lane + doubles::size)...), typename doubles::register_type));
        };
        using half = decltype(__builtin_shufflevector(x.data, x.data, Lane...));
        const half first = __builtin_convertvector(f(low(x), low(rest)...).data, half),
                   second = __builtin_convertvector(f(high(x), high(rest)...).data, half);
        return floats(__builtin_shufflevector(first, second, Lane..., (Lane + doubles::size)...));
    }(std::make_index_sequence<doubles::size>{});
}

}  // namespace cameo::inline CAMEO_TARGET::simd
