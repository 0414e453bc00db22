// Bytes in vectors, for any target: through memory, a lane at a time. The file of a target overloads what it has
// instructions for, by the size of its vectors.
#pragma once
#include <cameo/kernel/simd/simd.hpp>
#include <cstring>

namespace cameo::inline CAMEO_TARGET::simd {

/// Widens bytes to a vector of int32.
template <class V, class Byte>
    requires(sizeof(Byte) == 1)
[[gnu::always_inline]] inline V widen(const Byte* from)
{
    alignas(sizeof(V)) std::array<std::int32_t, V::size> lane;
    for (std::size_t i = 0; i < V::size; ++i) {
        lane[i] = from[i];
    }
    return V::load_aligned(lane.data());
}

/// Stores the lanes, each from 0 to 255, as bytes.
template <class V>
[[gnu::always_inline]] inline void narrow(const V& x, std::uint8_t* to)
{
    alignas(sizeof(V)) std::array<std::int32_t, V::size> lane;
    x.store_aligned(lane.data());
    for (std::size_t i = 0; i < V::size; ++i) {
        to[i] = static_cast<std::uint8_t>(lane[i]);
    }
}

/// Adds to each lane the four products of bytes a from 0 to 255 and b from -128 to 127, exactly.
template <class V>
[[gnu::always_inline]] inline V dot(const V& a, const V& b, const V& sum)
{
    alignas(sizeof(V)) std::array<std::uint8_t, sizeof(V)> x;
    alignas(sizeof(V)) std::array<std::int8_t, sizeof(V)> y;
    alignas(sizeof(V)) std::array<std::int32_t, V::size> z;
    a.store_aligned(reinterpret_cast<std::int32_t*>(x.data()));
    b.store_aligned(reinterpret_cast<std::int32_t*>(y.data()));
    sum.store_aligned(z.data());
    for (std::size_t i = 0; i < sizeof(V); ++i) {
        z[i / 4] += x[i] * y[i];
    }
    return V::load_aligned(z.data());
}

/// Computes sum + a b in each lane, for a from 0 to 255 and b from -128 to 127.
template <class V>
[[gnu::always_inline]] inline V dot_first(const V& a, const V& b, const V& sum)
{
    return sum + a * b;
}

}  // namespace cameo::inline CAMEO_TARGET::simd
