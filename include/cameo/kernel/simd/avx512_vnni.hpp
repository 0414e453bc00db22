// Products of bytes, four to a lane, with AVX512-VNNI.
#pragma once
#include <cameo/kernel/simd/generic.hpp>
#include <concepts>

namespace cameo::inline CAMEO_TARGET::simd {

template <class V>
    requires std::same_as<typename V::value_type, std::int32_t>
[[gnu::always_inline]] inline V dot(const V& a, const V& b, const V& sum)
{
#if defined(__clang__)
    if constexpr (sizeof(V) == 64) {
        return V(_mm512_dpbusd_epi32(sum.data, a.data, b.data));
    } else if constexpr (sizeof(V) == 32) {
        return V(_mm256_dpbusd_epi32(sum.data, a.data, b.data));
    } else {
        return V(_mm_dpbusd_epi32(sum.data, a.data, b.data));
    }
#else
    // g++ 12 moves sums between registers and memory around the intrinsic: that takes a fifth of the speed.
    auto result = sum.data;
    asm("vpdpbusd %2, %1, %0" : "+v"(result) : "v"(a.data), "v"(b.data));
    return V(result);
#endif
}

template <class V>
    requires std::same_as<typename V::value_type, std::int32_t>
[[gnu::always_inline]] inline V dot_first(const V& a, const V& b, const V& sum)
{
    return dot(a, b, sum);
}

}  // namespace cameo::inline CAMEO_TARGET::simd
