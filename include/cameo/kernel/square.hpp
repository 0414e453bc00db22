// Transposes square blocks of numbers in registers.
#pragma once
#include <cameo/kernel/simd/simd.hpp>
#include <utility>

namespace cameo::inline CAMEO_TARGET::simd {

namespace detail {

/// Interleaves the lower (Half 0) or upper (Half 1) halves of two vectors.
template <std::size_t Half, class V, std::size_t... Lane>
[[gnu::always_inline]] inline V interleave(const V& a, const V& b, std::index_sequence<Lane...>)
{
    constexpr std::size_t lanes = V::size;
    return V(__builtin_shufflevector(a.data, b.data, (Lane / 2 + Half * lanes / 2 + Lane % 2 * lanes)...));
}

}  // namespace detail

/// Transposes: lane i of vector j becomes lane j of vector i, by interleaving the lower with the upper half of all
/// vectors, once for each bit of a lane's number.
template <class V>
[[gnu::always_inline]] inline void transpose(std::array<V, V::size>& rows)
{
    constexpr std::size_t lanes = V::size;
    constexpr auto each_lane = std::make_index_sequence<lanes>{};
#pragma GCC unroll 4
    for (std::size_t stage = 1; stage < lanes; stage *= 2) {
        const std::array<V, lanes> before = rows;
#pragma GCC unroll 8
        for (std::size_t i = 0; i < lanes / 2; ++i) {
            rows[2 * i] = detail::interleave<0>(before[i], before[i + lanes / 2], each_lane);
            rows[2 * i + 1] = detail::interleave<1>(before[i], before[i + lanes / 2], each_lane);
        }
    }
}

}  // namespace cameo::inline CAMEO_TARGET::simd
