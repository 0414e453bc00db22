// Bytes and floats of 16 bits in vectors of 16 bytes, with SSE2.
#pragma once
#include <cameo/kernel/simd/generic.hpp>

namespace cameo::inline CAMEO_TARGET::simd {

/// Adds, in each lane, the two products of 16-bit numbers.
template <class V>
    requires(sizeof(V) == 16)
[[gnu::always_inline]] inline V multiply_pairs(const V& a, const V& b)
{
    return V(_mm_madd_epi16(a.data, b.data));
}

template <class V>
    requires(sizeof(V) == 16)
[[gnu::always_inline]] inline V widen(const std::uint8_t* from)
{
    std::int32_t four;
    std::memcpy(&four, from, sizeof(four));
    const __m128i zero = _mm_setzero_si128();
    return V(_mm_unpacklo_epi16(_mm_unpacklo_epi8(_mm_cvtsi32_si128(four), zero), zero));
}

template <class V>
    requires(sizeof(V) == 16)
[[gnu::always_inline]] inline V widen(const bfloat16* from)
{
    const __m128i bits = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(from));
    return V(_mm_castsi128_ps(_mm_unpacklo_epi16(_mm_setzero_si128(), bits)));
}

template <class V>
    requires(sizeof(V) == 16)
[[gnu::always_inline]] inline void narrow(const V& x, std::uint8_t* to)
{
    const __m128i pairs = _mm_packs_epi32(x.data, x.data);
    const std::int32_t four = _mm_cvtsi128_si32(_mm_packus_epi16(pairs, pairs));
    std::memcpy(to, &four, sizeof(four));
}

template <class V, class Comparison>
    requires(sizeof(V) == 16)
[[gnu::always_inline]] inline unsigned bits_where(const Comparison& holds)
{
    return static_cast<unsigned>(_mm_movemask_ps(holds.data));
}

}  // namespace cameo::inline CAMEO_TARGET::simd
