// Powers of two as scales of blocks: the exponent of a float, without sign and fraction.
#pragma once
#include <cameo/core/narrow_float.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Where what lies between two powers of two goes; ONNX Cast's round_mode.
enum class power_rounding { up, down, nearest };

/// 2^(bits - 127); all bits set are NaN. ONNX FLOAT8E8M0, of the OCP's microscaling formats.
class exponent_float {
public:
    using bits_type = std::uint8_t;

    constexpr exponent_float() = default;
    template <class T>
        requires std::is_arithmetic_v<T>
    constexpr explicit exponent_float(T v)
        : exponent_float(rounded(static_cast<float>(v), power_rounding::nearest, false))
    {
    }
    constexpr operator float() const
    {
        constexpr std::uint32_t half_of_least = 0x00400000, quiet_nan = 0x7fc00000;  // 2^-127 is subnormal
        return std::bit_cast<float>(bits_ == 0     ? half_of_least
                                    : bits_ == 255 ? quiet_nan
                                                   : static_cast<std::uint32_t>(bits_) << 23);
    }
    /// The power of two for the size of a number. Saturated, it is no NaN beyond the largest.
    static constexpr exponent_float rounded(float v, power_rounding mode, bool saturate)
    {
        const auto bits = std::bit_cast<std::uint32_t>(v);
        const std::uint32_t exponent = bits >> 23 & 255, fraction = bits & 0x7fffff, half = 0x400000;
        const bool away = mode == power_rounding::up        ? fraction != 0
                          : mode == power_rounding::nearest ? fraction > half || (fraction == half && exponent > 0)
                                                            : false;
        const bool stays = exponent == 255 || !away || (saturate && exponent == 254);
        return from_bits(static_cast<bits_type>(exponent + (stays ? 0 : 1)));
    }
    static constexpr exponent_float from_bits(bits_type bits)
    {
        exponent_float v;
        v.bits_ = bits;
        return v;
    }
    constexpr bits_type bits() const { return bits_; }

private:
    bits_type bits_ = 0;
};

namespace detail {
template <>
inline constexpr bool is_narrow_float<exponent_float> = true;
}  // namespace detail

}  // namespace cameo::inline CAMEO_TARGET
