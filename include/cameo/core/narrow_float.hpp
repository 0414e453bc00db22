// Floating-point numbers of 16 bits and fewer, which are stored, moved and converted. Who computes, computes in float.
#pragma once
#include <bit>
#include <cameo/core/target.hpp>
#include <cstdint>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET {

/// What a format has of infinities and NaN, beside numbers.
enum class float_specials {
    both,                ///< the largest exponent is infinity and NaN (IEEE 754)
    nan,                 ///< all bits set are NaN; there is no infinity
    nan_for_minus_zero,  ///< minus zero is NaN; there is no infinity
    none,                ///< there are numbers only
};

/// A binary format: a sign, then exponent bits, then fraction bits.
struct float_format {
    int exponent_bits, fraction_bits, bias;
    float_specials specials = float_specials::both;

    constexpr int bits() const { return 1 + exponent_bits + fraction_bits; }
    constexpr unsigned sign() const { return 1u << (bits() - 1); }
    // Bits without the sign.
    constexpr unsigned infinity() const { return ((1u << exponent_bits) - 1) << fraction_bits; }
    constexpr unsigned largest() const
    {
        return specials == float_specials::both ? infinity() - 1 : sign() - (specials == float_specials::nan ? 2 : 1);
    }
    /// What there is beyond the largest number: infinity, or else NaN, or else the largest number.
    constexpr unsigned beyond(unsigned with_sign) const
    {
        return specials == float_specials::both   ? with_sign | infinity()
               : specials == float_specials::none ? with_sign | largest()
                                                  : nan(with_sign);
    }
    /// The quiet NaN that processors make; where there is none, a zero of the other sign, as ml_dtypes has it.
    constexpr unsigned nan(unsigned with_sign) const
    {
        return specials == float_specials::both   ? with_sign | infinity() | 1u << (fraction_bits - 1)
               : specials == float_specials::nan  ? with_sign | (sign() - 1)
               : specials == float_specials::none ? with_sign ^ sign()
                                                  : sign();
    }
    constexpr bool is_nan(unsigned size, bool negative) const
    {
        return specials == float_specials::both  ? size > infinity()
               : specials == float_specials::nan ? size == sign() - 1
                                                 : specials != float_specials::none && negative && size == 0;
    }
};

namespace detail {

/// Rounds the number of 2^-shift units to an integer, ties to even.
constexpr std::uint64_t rounded_shift(std::uint64_t v, int shift)
{
    if (shift <= 0) {
        return v << -shift;
    }
    if (shift > 62) {
        return 0;
    }
    const std::uint64_t whole = v >> shift, rest = v & ((std::uint64_t{1} << shift) - 1),
                        half = std::uint64_t{1} << (shift - 1);
    return whole + (rest > half || (rest == half && whole % 2 != 0) ? 1 : 0);
}

constexpr unsigned encoded(const float_format& f, double v, bool saturate)
{
    const auto bits = std::bit_cast<std::uint64_t>(v);
    const unsigned sign = bits >> 63 ? f.sign() : 0;
    const int biased = static_cast<int>(bits >> 52 & 2047);
    const std::uint64_t fraction = bits & ((std::uint64_t{1} << 52) - 1);
    const unsigned beyond = saturate ? sign | f.largest() : f.beyond(sign);
    if (biased == 2047) {
        return fraction == 0 ? beyond : f.nan(sign);
    }
    // The exponent as the format writes it; below 1, numbers are subnormal, in units of the least one.
    const int exponent = biased - 1023 + f.bias, below = exponent < 1 ? 1 - exponent : 0;
    const std::uint64_t units = biased == 0
                                    ? 0  // less than half of any format's least number
                                    : rounded_shift(fraction | std::uint64_t{1} << 52, 52 - f.fraction_bits + below);
    // The leading one of a normal number adds to the exponent; so does what rounding carries.
    const std::uint64_t size = below ? units : units + (static_cast<std::uint64_t>(exponent - 1) << f.fraction_bits);
    if (size == 0 && f.specials == float_specials::nan_for_minus_zero) {
        return 0;
    }
    return size > f.largest() ? beyond : sign | static_cast<unsigned>(size);
}

constexpr double decoded(const float_format& f, unsigned bits)
{
    const bool negative = (bits & f.sign()) != 0;
    const unsigned size = bits & (f.sign() - 1);
    const std::uint64_t fraction = size & ((1u << f.fraction_bits) - 1), exponent = size >> f.fraction_bits;
    const auto number = [&](std::uint64_t of_double) {
        return std::bit_cast<double>(std::uint64_t{negative} << 63 | of_double);
    };
    if (f.is_nan(size, negative)) {
        return number(std::uint64_t{4095} << 51 | fraction << (52 - f.fraction_bits));
    }
    if (f.specials == float_specials::both && size == f.infinity()) {
        return number(std::uint64_t{2047} << 52);
    }
    if (exponent > 0) {
        return number((exponent + 1023 - static_cast<unsigned>(f.bias)) << 52 | fraction << (52 - f.fraction_bits));
    }
    // The least number is no subnormal number of double.
    const auto least = std::bit_cast<double>(static_cast<std::uint64_t>(1024 - f.bias - f.fraction_bits) << 52);
    return number(std::bit_cast<std::uint64_t>(static_cast<double>(fraction) * least));
}

}  // namespace detail

/// A number of such a format. It converts to float by itself, as std::float16_t does, and from numbers explicitly: to
/// the nearest, ties to even; beyond the largest to infinity, or NaN where there is none.
template <float_format Format>
class narrow_float {
public:
    using bits_type = std::conditional_t<(Format.bits() > 8), std::uint16_t, std::uint8_t>;
    static constexpr float_format format = Format;

    constexpr narrow_float() = default;
    template <class T>
        requires std::is_arithmetic_v<T>
    constexpr explicit narrow_float(T v)
        : bits_(static_cast<bits_type>(detail::encoded(Format, static_cast<double>(v), false)))
    {
    }
    /// Converts to the largest number what is beyond it, infinities too.
    static constexpr narrow_float saturated(double v)
    {
        return from_bits(static_cast<bits_type>(detail::encoded(Format, v, true)));
    }
    constexpr operator float() const
    {
        if constexpr (Format.exponent_bits == 8) {
            return std::bit_cast<float>(static_cast<std::uint32_t>(bits_) << (32 - Format.bits()));
        } else {
            return static_cast<float>(detail::decoded(Format, bits_));
        }
    }
    static constexpr narrow_float from_bits(bits_type bits)
    {
        narrow_float v;
        v.bits_ = bits;
        return v;
    }
    constexpr bits_type bits() const { return bits_; }

private:
    bits_type bits_ = 0;
};

namespace detail {
template <class T>
inline constexpr bool is_narrow_float = false;
template <float_format Format>
inline constexpr bool is_narrow_float<narrow_float<Format>> = true;
}  // namespace detail

}  // namespace cameo::inline CAMEO_TARGET
