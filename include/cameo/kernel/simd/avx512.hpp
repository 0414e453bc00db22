// Bytes and floats of 16 bits in vectors of 64 bytes, with AVX-512BW.
#pragma once
#include <cameo/kernel/simd/generic.hpp>

namespace cameo::inline CAMEO_TARGET::simd {

template <class V>
    requires(sizeof(V) == 64)
[[gnu::always_inline]] inline V multiply_pairs(const V& a, const V& b)
{
    return V(_mm512_madd_epi16(a.data, b.data));
}

template <class V>
    requires(sizeof(V) == 64)
[[gnu::always_inline]] inline V widen(const std::uint8_t* from)
{
    return V(_mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from))));
}

template <class V>
    requires(sizeof(V) == 64)
[[gnu::always_inline]] inline V widen(const std::int8_t* from)
{
    return V(_mm512_cvtepi8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from))));
}

template <class V>
    requires(sizeof(V) == 64)
[[gnu::always_inline]] inline void narrow(const V& x, std::uint8_t* to)
{
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm512_cvtepi32_epi8(x.data));
}

template <class V>
    requires(sizeof(V) == 64)
[[gnu::always_inline]] inline V rounded_to_float16(const V& x)
{
    return V(_mm512_cvtph_ps(_mm512_cvtps_ph(x.data, _MM_FROUND_TO_NEAREST_INT)));
}

template <class V>
    requires(sizeof(V) == 64)
[[gnu::always_inline]] inline V widen(const float16* from)
{
    return V(_mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from))));
}

template <class V>
    requires(sizeof(V) == 64)
[[gnu::always_inline]] inline V widen(const bfloat16* from)
{
    const __m512i bits = _mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from)));
    return V(_mm512_castsi512_ps(_mm512_slli_epi32(bits, 16)));
}

template <class V>
    requires(sizeof(V) == 64)
[[gnu::always_inline]] inline void narrow(const V& x, float16* to)
{
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), _mm512_cvtps_ph(x.data, _MM_FROUND_TO_NEAREST_INT));
}

/// Stores numbers that are not negative as the nearest bytes. What is beyond uint32 becomes its largest number, which
/// is saturated too.
template <class V>
    requires(sizeof(V) == 64)
[[gnu::always_inline]] inline void narrow_saturated(const V& x, std::uint8_t* to)
{
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm512_cvtusepi32_epi8(_mm512_cvtps_epu32(x.data)));
}

template <class V, class I>
    requires(sizeof(V) == 64)
[[gnu::always_inline]] inline V elements(const float* from, const I& at)
{
    return V(_mm512_i32gather_ps(at.data, from, sizeof(float)));
}

template <class V, class I>
    requires(sizeof(V) == 64)
[[gnu::always_inline]] inline V elements(const std::array<V, 1>& table, const I& at)
{
    return V(_mm512_permutexvar_ps(at.data, table[0].data));
}

template <class V, class I>
    requires(sizeof(V) == 64)
[[gnu::always_inline]] inline V elements(const std::array<V, 2>& table, const I& at)
{
    return V(_mm512_permutex2var_ps(table[0].data, at.data, table[1].data));
}

template <class V, class Comparison>
    requires(sizeof(V) == 64)
[[gnu::always_inline]] inline unsigned bits_where(const Comparison& holds)
{
    return holds.data;
}

}  // namespace cameo::inline CAMEO_TARGET::simd
