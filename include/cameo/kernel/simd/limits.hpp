// What a target has: the numbers that tiles and layouts of kernels depend on.
#pragma once
#include <cameo/core/shape.hpp>

namespace cameo::inline CAMEO_TARGET::simd {

#if defined(__AVX512F__) || defined(__aarch64__)
/// Vector registers.
inline constexpr dim registers = 32;
#else
inline constexpr dim registers = 16;
#endif

#if defined(__AVX512BW__) && defined(__AVX512VL__)
/// Lanes of int32 into which bytes can be widened at once.
inline constexpr dim widest_of_bytes = 16;
#elif defined(__AVX2__)
inline constexpr dim widest_of_bytes = 8;
#else
inline constexpr dim widest_of_bytes = 4;
#endif

#if defined(__AVX512BW__) && defined(__AVX512VL__)
/// How many vectors of floats an instruction takes elements from by their indices.
inline constexpr std::size_t lookup_vectors = 2;
#elif defined(__AVX2__)
inline constexpr std::size_t lookup_vectors = 1;
#else
inline constexpr std::size_t lookup_vectors = 0;
#endif

#if defined(__AVX512VBMI__) && defined(__AVX512VNNI__)
/// Can rows of bytes be interleaved in the time of a product?
inline constexpr bool has_byte_permute = true;
#else
inline constexpr bool has_byte_permute = false;
#endif

}  // namespace cameo::inline CAMEO_TARGET::simd
