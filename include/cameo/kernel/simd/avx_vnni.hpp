// Products of bytes, four to a lane, with AVX-VNNI: vectors of 16 and 32 bytes.
#pragma once
#include <cameo/kernel/simd/generic.hpp>
#include <concepts>

namespace cameo::inline CAMEO_TARGET::simd {

template <class V>
    requires std::same_as<typename V::value_type, std::int32_t>
[[gnu::always_inline]] inline V dot(const V& a, const V& b, const V& sum)
{
    if constexpr (sizeof(V) == 32) {
        return V(_mm256_dpbusd_avx_epi32(sum.data, a.data, b.data));
    } else {
        return V(_mm_dpbusd_avx_epi32(sum.data, a.data, b.data));
    }
}

template <class V>
    requires std::same_as<typename V::value_type, std::int32_t>
[[gnu::always_inline]] inline V dot_first(const V& a, const V& b, const V& sum)
{
    return dot(a, b, sum);
}

}  // namespace cameo::inline CAMEO_TARGET::simd
