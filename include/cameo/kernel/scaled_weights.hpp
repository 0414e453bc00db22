// Makes floats of weights that are stored as integers of 8 or 4 bits, in registers.
#pragma once
#include <cameo/kernel/simd/target.hpp>
#include <cameo/op/weight_format.hpp>

namespace cameo::inline CAMEO_TARGET::detail {

/// What 4 bits stand for, without a sign and with one.
template <bool Signed>
alignas(64) inline constexpr std::array<float, 16> numbers_of_four_bits = [] {
    std::array<float, 16> all{};
    for (int k = 0; k < 16; ++k) {
        all[static_cast<std::size_t>(k)] = static_cast<float>(Signed && k > 7 ? k - 16 : k);
    }
    return all;
}();

/// The scales and zero points of a vector of outputs, in one block of their rows.
template <class Stored, weight_format Format, bool HasZeroPoint, class Vector>
struct scaled_weights {
    using integers = xsimd::batch<std::int32_t, typename Vector::arch_type>;
    /// A vector has all numbers of 4 bits: a lookup takes the lowest 4 bits of each lane.
    static constexpr bool looks_up = Format.packs() && Vector::size == 16;
    // The sign of 4 bits is an offset of their complement: (v ^ 8) - 8.
    static constexpr int sign = Format.packed == element::int4 ? 8 : 0;
    Vector scale;
    std::conditional_t<looks_up, Vector, integers> zero;

    /// Zero points may be null where there are none.
    [[gnu::always_inline]] void read(const float* scales, [[maybe_unused]] const Stored* zero_points, dim from)
    {
        scale = Vector::load_unaligned(scales + from);
        if constexpr (looks_up && HasZeroPoint) {
            zero = xsimd::to_float(simd::widen<integers>(zero_points + from));
        } else if constexpr (HasZeroPoint) {
            zero = integers(sign) + simd::widen<integers>(zero_points + from);
        } else if constexpr (!looks_up) {
            zero = integers(sign);
        }
    }
    /// Returns the weights for element k of a row.
    [[gnu::always_inline]] Vector load(const Stored* from, dim k) const
    {
        integers number = simd::widen<integers>(from);
        if constexpr (looks_up) {
            const std::array table{Vector::load_aligned(numbers_of_four_bits < sign != 0 >.data())};
            const Vector found = simd::elements<Vector>(table, number >> static_cast<int>(k % 2 * 4));
            if constexpr (HasZeroPoint) {
                return (found - zero) * scale;
            } else {
                return found * scale;
            }
        } else {
            if constexpr (Format.packs()) {
                number = ((number >> static_cast<int>(k % 2 * 4)) & integers(15)) ^ integers(sign);
            }
            if constexpr (HasZeroPoint || sign != 0) {
                number = number - zero;
            }
            return xsimd::to_float(number) * scale;
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET::detail
