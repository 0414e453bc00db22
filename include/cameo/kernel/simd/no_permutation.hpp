// Permutations of bytes, for targets that have none over 64 bytes: a byte at a time.
#pragma once
#include <cameo/kernel/simd/generic.hpp>

namespace cameo::inline CAMEO_TARGET::simd {

template <class V, dim Count, class Byte>
V interleave_rows(const Byte*) = delete;

inline dim look_up_vectors(const std::uint8_t*, const std::uint8_t*, std::uint8_t*, dim) { return 0; }

}  // namespace cameo::inline CAMEO_TARGET::simd
