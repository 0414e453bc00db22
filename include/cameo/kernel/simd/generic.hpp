// Bytes in vectors, for any target: through memory, a lane at a time. The file of a target overloads what it has
// instructions for, by the size of its vectors.
#pragma once
#include <cameo/core/element.hpp>
#include <cameo/kernel/simd/simd.hpp>
#include <cstring>

namespace cameo::inline CAMEO_TARGET::simd {

namespace detail {

template <class V>
using bits_vector = xsimd::batch<std::int32_t, typename V::arch_type>;

/// Loads numbers of 16 bits as integers, a lane each.
template <class V, class Narrow>
[[gnu::always_inline]] inline bits_vector<V> loaded_bits(const Narrow* from)
{
    alignas(sizeof(V)) std::array<std::int32_t, V::size> lane;
    for (std::size_t i = 0; i < V::size; ++i) {
        lane[i] = from[i].bits();
    }
    return bits_vector<V>::load_aligned(lane.data());
}

/// Stores the low 16 bits of each lane.
template <class I, class Narrow>
[[gnu::always_inline]] inline void store_bits(const I& bits, Narrow* to)
{
    alignas(sizeof(I)) std::array<std::int32_t, I::size> lane;
    bits.store_aligned(lane.data());
    for (std::size_t i = 0; i < I::size; ++i) {
        to[i] = Narrow::from_bits(static_cast<typename Narrow::bits_type>(lane[i]));
    }
}

}  // namespace detail

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

/// Loads the element at each index.
template <class V, class I>
[[gnu::always_inline]] inline V elements(const float* from, const I& at)
{
    alignas(sizeof(I)) std::array<std::int32_t, I::size> index_of;
    alignas(sizeof(V)) std::array<float, V::size> lane;
    at.store_aligned(index_of.data());
    for (std::size_t i = 0; i < V::size; ++i) {
        lane[i] = from[index_of[i]];
    }
    return V::load_aligned(lane.data());
}

/// Takes the lane at each index from vectors one after another. An index beyond them takes any lane.
template <class V, std::size_t Vectors, class I>
[[gnu::always_inline]] inline V elements(const std::array<V, Vectors>& table, const I& at)
{
    alignas(sizeof(V)) std::array<float, V::size * Vectors> all;
    for (std::size_t k = 0; k < Vectors; ++k) {
        table[k].store_aligned(all.data() + k * V::size);
    }
    return elements<V>(all.data(), at & I(static_cast<std::int32_t>(std::bit_floor(all.size()) - 1)));
}

/// Returns a bit for each lane in which a comparison of vectors V holds.
template <class V, class Comparison>
[[gnu::always_inline]] inline unsigned bits_where(const Comparison& holds)
{
    alignas(sizeof(V)) std::array<bool, V::size> lane;
    holds.store_aligned(lane.data());
    unsigned all = 0;
    for (std::size_t i = 0; i < V::size; ++i) {
        all |= unsigned{lane[i]} << i;
    }
    return all;
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

/// Rounds positive integers to multiples of a power of two, ties to even.
template <int Exponent, class I>
[[gnu::always_inline]] inline I rounded_to_multiple(const I& v)
{
    const I odd = (v >> Exponent) & I(1);
    return (v + (odd + I((1 << (Exponent - 1)) - 1))) & I(-(1 << Exponent));
}

/// Gives floats, as bits without a sign, the sign of x; where x is NaN, it stays.
template <class V, class I>
[[gnu::always_inline]] inline V with_sign_of(const V& x, const I& bits)
{
    const I sign(std::numeric_limits<std::int32_t>::min()), size = bits_of(x) & ~sign;
    return of_bits<float>(xsimd::select(size > I(0x7f800000), size, bits) | (bits_of(x) & sign));
}

/// Rounds floats to the nearest that float16 represents, ties to even.
template <class V>
[[gnu::always_inline]] inline V rounded_to_float16(const V& x)
{
    using integers = xsimd::batch<std::int32_t, typename V::arch_type>;
    const integers size = bits_of(x) & integers(std::numeric_limits<std::int32_t>::max());
    // 65520 and more become infinity. Below 2^-14, float16 has multiples of 2^-24, as floats have between 0.5 and 1.
    const integers normal = rounded_to_multiple<13>(size);
    const integers large = xsimd::select(normal >= integers(0x47800000), integers(0x7f800000), normal);
    const integers half(0x3f000000);
    const V multiples = xsimd::to_float(bits_of(of_bits<float>(size) + V(0.5f)) - half);
    const integers small = bits_of(multiples * V(0x1p-24f));
    return with_sign_of(x, integers(xsimd::select(size < integers(0x38800000), small, large)));
}

// Vectors of floats from numbers of 16 bits, and back: rounded to the nearest, ties to even.

template <class V>
[[gnu::always_inline]] inline V widen(const float* from)
{
    return V::load_unaligned(from);
}
template <class V>
[[gnu::always_inline]] inline V widen(const bfloat16* from)
{
    return of_bits<float>(detail::loaded_bits<V>(from) << 16);
}
template <class V>
[[gnu::always_inline]] inline V widen(const float16* from)
{
    using integers = detail::bits_vector<V>;
    const integers bits = detail::loaded_bits<V>(from), size = bits & integers(0x7fff);
    // The exponent's bias is 112 less; that of infinity and NaN has all bits set. Subnormal numbers are in units of
    // 2^-24.
    const integers bias(112 << 23), none(0);
    const integers normal = (size << 13) + bias + integers(xsimd::select(size >= integers(0x7c00), bias, none));
    const integers small = bits_of(V(xsimd::to_float(size) * V(0x1p-24f)));
    return of_bits<float>(xsimd::select(size < integers(0x0400), small, normal) | ((bits & integers(0x8000)) << 16));
}

template <class V>
[[gnu::always_inline]] inline void narrow(const V& x, bfloat16* to)
{
    using integers = detail::bits_vector<V>;
    const integers size = bits_of(x) & integers(std::numeric_limits<std::int32_t>::max());
    detail::store_bits(integers(bits_of(with_sign_of(x, rounded_to_multiple<16>(size))) >> 16), to);
}
template <class V>
[[gnu::always_inline]] inline void narrow(const V& x, float16* to)
{
    using integers = detail::bits_vector<V>;
    const integers bits = bits_of(rounded_to_float16(x)),
                   size = bits & integers(std::numeric_limits<std::int32_t>::max());
    const integers infinity(0x7c00), normal = (size >> 13) - integers(112 << 10);
    const integers large = xsimd::select(size > integers(0x7f800000), integers(0x7e00), xsimd::min(normal, infinity));
    const integers small = xsimd::to_int(V(of_bits<float>(size) * V(0x1p24f)));
    detail::store_bits(
        integers(xsimd::select(size < integers(0x38800000), small, large) | ((bits >> 16) & integers(0x8000))), to);
}

}  // namespace cameo::inline CAMEO_TARGET::simd
