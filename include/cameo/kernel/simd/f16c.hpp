// Floats of 16 bits with F16C: vectors of 16 and 32 bytes.
#pragma once
#include <cameo/kernel/simd/generic.hpp>

namespace cameo::inline CAMEO_TARGET::simd {

template <class V>
    requires(sizeof(V) == 16)
[[gnu::always_inline]] inline V rounded_to_float16(const V& x)
{
    return V(_mm_cvtph_ps(_mm_cvtps_ph(x.data, _MM_FROUND_TO_NEAREST_INT)));
}

template <class V>
    requires(sizeof(V) == 32)
[[gnu::always_inline]] inline V rounded_to_float16(const V& x)
{
    return V(_mm256_cvtph_ps(_mm256_cvtps_ph(x.data, _MM_FROUND_TO_NEAREST_INT)));
}

template <class V>
    requires(sizeof(V) == 16)
[[gnu::always_inline]] inline V widen(const float16* from)
{
    return V(_mm_cvtph_ps(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(from))));
}

template <class V>
    requires(sizeof(V) == 32)
[[gnu::always_inline]] inline V widen(const float16* from)
{
    return V(_mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from))));
}

template <class V>
    requires(sizeof(V) == 16)
[[gnu::always_inline]] inline void narrow(const V& x, float16* to)
{
    _mm_storel_epi64(reinterpret_cast<__m128i*>(to), _mm_cvtps_ph(x.data, _MM_FROUND_TO_NEAREST_INT));
}

template <class V>
    requires(sizeof(V) == 32)
[[gnu::always_inline]] inline void narrow(const V& x, float16* to)
{
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm256_cvtps_ph(x.data, _MM_FROUND_TO_NEAREST_INT));
}

}  // namespace cameo::inline CAMEO_TARGET::simd
