// Makes floats of weights that are stored as integers of 8 or 4 bits, in registers.
#pragma once
#include <cameo/kernel/simd/target.hpp>
#include <cameo/op/weight_format.hpp>

namespace cameo::inline CAMEO_TARGET::detail {

/// The scales and zero points of a vector of outputs, in one block of their rows.
template <class Stored, weight_format Format, bool HasZeroPoint, class Vector>
struct scaled_weights {
    using integers = xsimd::batch<std::int32_t, typename Vector::arch_type>;
    // The sign of 4 bits is an offset of their complement: (v ^ 8) - 8.
    static constexpr int sign = Format.packed == element::int4 ? 8 : 0;
    Vector scale;
    integers zero;

    /// Zero points may be null where there are none.
    [[gnu::always_inline]] void read(const float* scales, [[maybe_unused]] const Stored* zero_points, dim from)
    {
        scale = Vector::load_unaligned(scales + from);
        zero = integers(sign);
        if constexpr (HasZeroPoint) {
            zero = zero + simd::widen<integers>(zero_points + from);
        }
    }
    /// Returns the weights for element k of a row.
    [[gnu::always_inline]] Vector load(const Stored* from, dim k) const
    {
        integers number = simd::widen<integers>(from);
        if constexpr (Format.packs()) {
            number = ((number >> static_cast<int>(k % 2 * 4)) & integers(15)) ^ integers(sign);
        }
        if constexpr (HasZeroPoint || sign != 0) {
            number = number - zero;
        }
        return xsimd::to_float(number) * scale;
    }
};

}  // namespace cameo::inline CAMEO_TARGET::detail
