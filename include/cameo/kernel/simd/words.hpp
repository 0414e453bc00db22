// Products of bytes as products of 16-bit numbers, for x86 without VNNI.
#pragma once
#include <cameo/kernel/simd/generic.hpp>

namespace cameo::inline CAMEO_TARGET::simd {

/// The instruction that multiplies bytes saturates sums of two products. Those of 16 bits, first of even bytes, then of
/// odd ones, do not.
template <class V>
    requires requires(V v) { multiply_pairs(v, v); }
[[gnu::always_inline]] inline V dot(const V& a, const V& b, const V& sum)
{
    using words [[gnu::vector_size(sizeof(V))]] = std::int16_t;
    using unsigned_words [[gnu::vector_size(sizeof(V))]] = std::uint16_t;
    const auto of_words = [](auto x) __attribute__((always_inline)) { return V((decltype(a.data))x); };
    const words second = (words)b.data;
    const V even = multiply_pairs(a & V(0x00ff'00ff), of_words((second << 8) >> 8));
    const V odd = multiply_pairs(of_words((unsigned_words)a.data >> 8), of_words(second >> 8));
    return sum + (even + odd);
}

template <class V>
    requires requires(V v) { multiply_pairs(v, v); }
[[gnu::always_inline]] inline V dot_first(const V& a, const V& b, const V& sum)
{
    return sum + multiply_pairs(a, b);
}

}  // namespace cameo::inline CAMEO_TARGET::simd
