// Bytes and bfloat16 in vectors of 32 bytes, with AVX2.
#pragma once
#include <cameo/kernel/simd/generic.hpp>

namespace cameo::inline CAMEO_TARGET::simd {

template <class V>
    requires(sizeof(V) == 32)
[[gnu::always_inline]] inline V multiply_pairs(const V& a, const V& b)
{
    return V(_mm256_madd_epi16(a.data, b.data));
}

template <class V>
    requires(sizeof(V) == 32)
[[gnu::always_inline]] inline V widen(const std::uint8_t* from)
{
    return V(_mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(from))));
}

template <class V>
    requires(sizeof(V) == 32)
[[gnu::always_inline]] inline V widen(const std::int8_t* from)
{
    return V(_mm256_cvtepi8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(from))));
}

template <class V>
    requires(sizeof(V) == 32)
[[gnu::always_inline]] inline V widen(const bfloat16* from)
{
    const __m256i bits = _mm256_cvtepu16_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from)));
    return V(_mm256_castsi256_ps(_mm256_slli_epi32(bits, 16)));
}

template <class V>
    requires(sizeof(V) == 32)
[[gnu::always_inline]] inline void narrow(const V& x, std::uint8_t* to)
{
    const __m128i pairs = _mm_packs_epi32(_mm256_castsi256_si128(x.data), _mm256_extracti128_si256(x.data, 1));
    _mm_storel_epi64(reinterpret_cast<__m128i*>(to), _mm_packus_epi16(pairs, pairs));
}

template <class V, class I>
    requires(sizeof(V) == 32)
[[gnu::always_inline]] inline V elements(const float* from, const I& at)
{
    return V(_mm256_i32gather_ps(from, at.data, sizeof(float)));
}

template <class V, class I>
    requires(sizeof(V) == 32)
[[gnu::always_inline]] inline V elements(const std::array<V, 1>& table, const I& at)
{
    return V(_mm256_permutevar8x32_ps(table[0].data, at.data));
}

template <class V, class Comparison>
    requires(sizeof(V) == 32)
[[gnu::always_inline]] inline unsigned bits_where(const Comparison& holds)
{
    return static_cast<unsigned>(_mm256_movemask_ps(holds.data));
}

}  // namespace cameo::inline CAMEO_TARGET::simd
