// Integer arithmetic that wraps, as numpy's and ONNX's reference do, where C++ leaves signed overflow undefined.
#pragma once
#include <cameo/core/target.hpp>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// The type in which integers of type T are computed: at least unsigned int, since smaller types would be promoted to a
/// signed one.
template <class T>
using wrapping_type = std::common_type_t<std::make_unsigned_t<T>, unsigned>;

/// Numbers and vectors to which wrapping does not apply: those of floats.
template <class T>
inline constexpr bool wraps = std::is_integral_v<T>;

}  // namespace detail

template <class T>
constexpr T wrapping_sum(T a, T b)
{
    if constexpr (detail::wraps<T>) {
        return static_cast<T>(static_cast<detail::wrapping_type<T>>(a) + static_cast<detail::wrapping_type<T>>(b));
    } else {
        return a + b;
    }
}

template <class T>
constexpr T wrapping_difference(T a, T b)
{
    if constexpr (detail::wraps<T>) {
        return static_cast<T>(static_cast<detail::wrapping_type<T>>(a) - static_cast<detail::wrapping_type<T>>(b));
    } else {
        return a - b;
    }
}

template <class T>
constexpr T wrapping_product(T a, T b)
{
    if constexpr (detail::wraps<T>) {
        return static_cast<T>(static_cast<detail::wrapping_type<T>>(a) * static_cast<detail::wrapping_type<T>>(b));
    } else {
        return a * b;
    }
}

/// Computes sum + a b, a step of a dot product.
template <class T>
constexpr T plus_product(T sum, T a, T b)
{
    if constexpr (detail::wraps<T>) {
        return wrapping_sum(sum, wrapping_product(a, b));
    } else {
        return sum + a * b;
    }
}

/// Negates v; the smallest integer stays the same.
template <class T>
constexpr T wrapping_negative(T v)
{
    if constexpr (detail::wraps<T>) {
        return wrapping_difference(T(0), v);
    } else {
        return -v;
    }
}

/// Raises an integer to an integer power. A negative exponent gives the integer quotient: 0, or 1 or -1 for these
/// bases; 0 for base 0.
template <class T>
constexpr T wrapping_power(T base, T exponent)
{
    if (exponent < 0) {
        return base == 1 || (base == static_cast<T>(-1) && exponent % 2 == 0) ? T(1)
               : base == static_cast<T>(-1)                                   ? base
                                                                              : T(0);
    }
    T power = 1;
    for (; exponent > 0; exponent = static_cast<T>(exponent / 2)) {
        if (exponent % 2 != 0) {
            power = wrapping_product(power, base);
        }
        base = wrapping_product(base, base);
    }
    return power;
}

/// Recognizes the divisor for which processors trap: the smallest integer divided by -1 is out of range.
template <class T>
constexpr bool is_minus_one(T v)
{
    if constexpr (std::is_signed_v<T>) {
        return v == T(-1);
    } else {
        return false;
    }
}

}  // namespace cameo::inline CAMEO_TARGET
