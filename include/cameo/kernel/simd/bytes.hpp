// Vectors of bytes: products of bytes summed in int32, conversion between bytes and float, tables.
#pragma once
#include <cameo/kernel/simd/target.hpp>
#include <cameo/op/quantization.hpp>

namespace cameo::inline CAMEO_TARGET::simd {

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

/// Interleaves Count rows, up to four, of 16 consecutive bytes: each lane gets one byte of each row. Several rows need
/// `has_byte_permute`.
template <class V, dim Count, class Byte>
[[gnu::always_inline]] inline V transposed_bytes(const Byte* from)
{
    if constexpr (Count == 1) {
        return widen<V>(from);
    } else {
        return interleave_rows<V, Count>(from);
    }
}

/// Computes y[i] = table[x[i]] for a table of 256 bytes.
inline void look_up(const std::uint8_t* x, const std::uint8_t* table, std::uint8_t* y, dim count)
{
    for (dim i = look_up_vectors(x, table, y, count); i < count; ++i) {
        y[i] = table[x[i]];
    }
}

/// Stores the lanes as the nearest elements: ties go to even, numbers beyond the range to its bounds, NaN to the lower
/// one. Floats stay as they are.
template <class V>
[[gnu::always_inline]] inline void store_saturated(const V& x, std::uint8_t* to)
{
    const V not_negative = larger(x, V(0.0f));
    if constexpr (requires { narrow_saturated(not_negative, to); }) {
        narrow_saturated(not_negative, to);
    } else {
        narrow(xsimd::nearbyint_as_int(smaller(V(255.0f), not_negative)), to);
    }
}
template <class V>
[[gnu::always_inline]] inline void store_saturated(const V& x, float* to)
{
    x.store_unaligned(to);
}

}  // namespace cameo::inline CAMEO_TARGET::simd
