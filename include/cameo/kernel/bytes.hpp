// Vectors of bytes, where targets differ: products of bytes summed in int32, and conversion between bytes and float.
#pragma once
#include <cameo/kernel/simd.hpp>
#include <cameo/op/quantization.hpp>
#include <cstring>

namespace cameo::inline CAMEO_TARGET::simd {

#if defined(__AVX512BW__) && defined(__AVX512VL__)
inline constexpr dim widest_of_bytes = 16;
#elif defined(__AVX2__)
inline constexpr dim widest_of_bytes = 8;
#else
inline constexpr dim widest_of_bytes = 4;
#endif

/// Returns the lanes of the int32 and float vectors into which bytes are converted.
constexpr dim byte_lanes(dim most) { return std::min(widest_of_bytes, most); }

/// Returns a vector with the same four bytes in every lane.
template <class V>
[[gnu::always_inline]] inline V broadcast_four(const std::uint8_t* from)
{
    std::int32_t four;
    std::memcpy(&four, from, sizeof(four));
    return V(four);
}

/// Vectors of four bytes a lane.
template <class V>
[[gnu::always_inline]] inline V load_fours(const std::int8_t* from)
{
    return V::load_unaligned(reinterpret_cast<const std::int32_t*>(from));
}

#if defined(__SSE2__)
/// Adds, in each lane, the two products of 16-bit numbers.
template <class V>
[[gnu::always_inline]] inline V multiply_pairs(const V& a, const V& b)
{
#if defined(__AVX512BW__)
    if constexpr (sizeof(V) == 64) {
        return V(_mm512_madd_epi16(a.data, b.data));
    }
#endif
#if defined(__AVX2__)
    if constexpr (sizeof(V) == 32) {
        return V(_mm256_madd_epi16(a.data, b.data));
    }
#endif
    if constexpr (sizeof(V) == 16) {
        return V(_mm_madd_epi16(a.data, b.data));
    }
}
#endif

/// Adds to each lane the four products of bytes a from 0 to 255 and b from -128 to 127, exactly.
template <class V>
[[gnu::always_inline]] inline V dot(const V& a, const V& b, const V& sum)
{
#if defined(__AVX512VNNI__) && defined(__AVX512VL__) && !defined(__clang__)
    // The same instruction as below. g++ 12 moves sums between registers and memory around the intrinsic: that takes a
    // fifth of the speed.
    auto result = sum.data;
    asm("vpdpbusd %2, %1, %0" : "+v"(result) : "v"(a.data), "v"(b.data));
    return V(result);
#elif defined(__AVX512VNNI__) && defined(__AVX512VL__)
    if constexpr (sizeof(V) == 64) {
        return V(_mm512_dpbusd_epi32(sum.data, a.data, b.data));
    } else if constexpr (sizeof(V) == 32) {
        return V(_mm256_dpbusd_epi32(sum.data, a.data, b.data));
    } else {
        return V(_mm_dpbusd_epi32(sum.data, a.data, b.data));
    }
#elif defined(__AVXVNNI__)
    if constexpr (sizeof(V) == 32) {
        return V(_mm256_dpbusd_avx_epi32(sum.data, a.data, b.data));
    } else {
        return V(_mm_dpbusd_avx_epi32(sum.data, a.data, b.data));
    }
#elif defined(__SSE2__)
    // The instruction that multiplies bytes saturates sums of two products. Those of 16 bits, first of even bytes, then
    // of odd ones, do not.
    using words [[gnu::vector_size(sizeof(V))]] = std::int16_t;
    using unsigned_words [[gnu::vector_size(sizeof(V))]] = std::uint16_t;
    const auto of_words = [](auto x) __attribute__((always_inline)) { return V((decltype(a.data))x); };
    const words second = (words)b.data;
    const V even = multiply_pairs(a & V(0x00ff'00ff), of_words((second << 8) >> 8));
    const V odd = multiply_pairs(of_words((unsigned_words)a.data >> 8), of_words(second >> 8));
    return sum + (even + odd);
#else
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
#endif
}

/// Widens bytes to a vector of int32.
template <class V>
[[gnu::always_inline]] inline V widen(const std::uint8_t* from)
{
#if defined(__AVX512BW__) && defined(__AVX512VL__)
    if constexpr (sizeof(V) == 64) {
        return V(_mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from))));
    }
#endif
#if defined(__AVX2__)
    if constexpr (sizeof(V) == 32) {
        return V(_mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(from))));
    }
#endif
#if defined(__SSE2__)
    if constexpr (sizeof(V) == 16) {
        std::int32_t four;
        std::memcpy(&four, from, sizeof(four));
        const __m128i zero = _mm_setzero_si128();
        return V(_mm_unpacklo_epi16(_mm_unpacklo_epi8(_mm_cvtsi32_si128(four), zero), zero));
    }
#endif
    alignas(sizeof(V)) std::array<std::int32_t, V::size> lane;
    for (std::size_t i = 0; i < V::size; ++i) {
        lane[i] = from[i];
    }
    return V::load_aligned(lane.data());
}

/// Widens signed bytes to a vector of int32.
template <class V>
[[gnu::always_inline]] inline V widen(const std::int8_t* from)
{
#if defined(__AVX512BW__) && defined(__AVX512VL__)
    if constexpr (sizeof(V) == 64) {
        return V(_mm512_cvtepi8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from))));
    }
#endif
#if defined(__AVX2__)
    if constexpr (sizeof(V) == 32) {
        return V(_mm256_cvtepi8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(from))));
    }
#endif
    alignas(sizeof(V)) std::array<std::int32_t, V::size> lane;
    for (std::size_t i = 0; i < V::size; ++i) {
        lane[i] = from[i];
    }
    return V::load_aligned(lane.data());
}

/// Computes sum + a b in each lane, for a from 0 to 255 and b from -128 to 127.
template <class V>
[[gnu::always_inline]] inline V dot_first(const V& a, const V& b, const V& sum)
{
#if (defined(__AVX512VNNI__) && defined(__AVX512VL__)) || defined(__AVXVNNI__)
    return dot(a, b, sum);
#elif defined(__SSE2__)
    return sum + multiply_pairs(a, b);
#else
    return sum + a * b;
#endif
}

#if defined(__AVX512VBMI__) && defined(__AVX512VNNI__)
inline constexpr bool turns_bytes = true;
#else
inline constexpr bool turns_bytes = false;
#endif

/// Interleaves Count rows, up to four, of 16 consecutive bytes: each lane gets one byte of each row. Nothing is read
/// beyond them.
template <class V, dim Count, class Byte>
[[gnu::always_inline]] inline V turned(const Byte* from)
{
    if constexpr (Count == 1) {
        return widen<V>(from);
    }
#if defined(__AVX512VBMI__)
    else {
        alignas(64) static constexpr auto places = [] {
            std::array<std::uint8_t, 64> all{};
            for (std::size_t i = 0; i < 64; ++i) {
                all[i] = static_cast<std::uint8_t>(i % 4 * 16 + i / 4);
            }
            return all;
        }();
        const __m512i rows = _mm512_maskz_loadu_epi8(~std::uint64_t{0} >> (64 - 16 * Count), from);
        return V(_mm512_permutexvar_epi8(_mm512_load_si512(places.data()), rows));
    }
#endif
}

/// Computes y[i] = table[x[i]] for a table of 256 bytes.
inline void look_up(const std::uint8_t* x, const std::uint8_t* table, std::uint8_t* y, dim count)
{
    dim i = 0;
#if defined(__AVX512VBMI__)
    const __m512i first = _mm512_loadu_si512(table), second = _mm512_loadu_si512(table + 64),
                  third = _mm512_loadu_si512(table + 128), fourth = _mm512_loadu_si512(table + 192);
    for (; i + 64 <= count; i += 64) {
        const __m512i places = _mm512_loadu_si512(x + i);
        const __m512i low = _mm512_permutex2var_epi8(first, places, second),
                      high = _mm512_permutex2var_epi8(third, places, fourth);
        _mm512_storeu_si512(y + i, _mm512_mask_blend_epi8(_mm512_movepi8_mask(places), low, high));
    }
#endif
    for (; i < count; ++i) {
        y[i] = table[x[i]];
    }
}

/// Stores the lanes, each from 0 to 255, as bytes.
template <class V>
[[gnu::always_inline]] inline void narrow(const V& x, std::uint8_t* to)
{
#if defined(__AVX512BW__) && defined(__AVX512VL__)
    if constexpr (sizeof(V) == 64) {
        return _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm512_cvtepi32_epi8(x.data));
    }
#endif
#if defined(__AVX2__)
    if constexpr (sizeof(V) == 32) {
        const __m128i pairs = _mm_packs_epi32(_mm256_castsi256_si128(x.data), _mm256_extracti128_si256(x.data, 1));
        return _mm_storel_epi64(reinterpret_cast<__m128i*>(to), _mm_packus_epi16(pairs, pairs));
    }
#endif
#if defined(__SSE2__)
    if constexpr (sizeof(V) == 16) {
        const __m128i pairs = _mm_packs_epi32(x.data, x.data);
        const std::int32_t four = _mm_cvtsi128_si32(_mm_packus_epi16(pairs, pairs));
        std::memcpy(to, &four, sizeof(four));
        return;
    }
#endif
    alignas(sizeof(V)) std::array<std::int32_t, V::size> lane;
    x.store_aligned(lane.data());
    for (std::size_t i = 0; i < V::size; ++i) {
        to[i] = static_cast<std::uint8_t>(lane[i]);
    }
}

/// Stores the lanes as the nearest elements: ties go to even, numbers beyond the range to its bounds, NaN to the lower
/// one. Floats stay as they are.
template <class V>
[[gnu::always_inline]] inline void store_saturated(const V& x, std::uint8_t* to)
{
#if defined(__AVX512BW__) && defined(__AVX512VL__)
    // What is beyond uint32 becomes its largest, which is saturated too.
    if constexpr (sizeof(V) == 64) {
        return _mm_storeu_si128(
            reinterpret_cast<__m128i*>(to), _mm512_cvtusepi32_epi8(_mm512_cvtps_epu32(larger(x, V(0.0f)).data)));
    }
#endif
    narrow(xsimd::nearbyint_as_int(smaller(V(255.0f), larger(x, V(0.0f)))), to);
}
template <class V>
[[gnu::always_inline]] inline void store_saturated(const V& x, float* to)
{
    x.store_unaligned(to);
}

}  // namespace cameo::inline CAMEO_TARGET::simd
