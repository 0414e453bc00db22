// Permutations of 64 bytes, with AVX512-VBMI.
#pragma once
#include <cameo/kernel/simd/generic.hpp>

namespace cameo::inline CAMEO_TARGET::simd {

/// Interleaves Count rows, up to four, of 16 consecutive bytes: each lane gets one byte of each row. Nothing is read
/// beyond them.
template <class V, dim Count, class Byte>
[[gnu::always_inline]] inline V interleave_rows(const Byte* from)
{
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

/// Looks up whole vectors of 64 bytes in a table of 256; returns how many bytes these are.
inline dim look_up_vectors(const std::uint8_t* x, const std::uint8_t* table, std::uint8_t* y, dim count)
{
    const __m512i first = _mm512_loadu_si512(table), second = _mm512_loadu_si512(table + 64),
                  third = _mm512_loadu_si512(table + 128), fourth = _mm512_loadu_si512(table + 192);
    dim i = 0;
    for (; i + 64 <= count; i += 64) {
        const __m512i places = _mm512_loadu_si512(x + i);
        const __m512i low = _mm512_permutex2var_epi8(first, places, second),
                      high = _mm512_permutex2var_epi8(third, places, fourth);
        _mm512_storeu_si512(y + i, _mm512_mask_blend_epi8(_mm512_movepi8_mask(places), low, high));
    }
    return i;
}

}  // namespace cameo::inline CAMEO_TARGET::simd
