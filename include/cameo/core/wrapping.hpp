// Integer arithmetic that wraps, as numpy's and ONNX's reference do, where C++ leaves signed overflow undefined.
#pragma once
#include <cameo/core/target.hpp>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// What integers of type T are computed in: no less than unsigned int, to which smaller types would be promoted with a
/// sign.
template <class T>
using wrapping_type = std::common_type_t<std::make_unsigned_t<T>, unsigned>;

/// Numbers and vectors that no wrapping concerns: those of floats.
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

/// sum + a b, the step of a product of vectors.
template <class T>
constexpr T plus_product(T sum, T a, T b)
{
    if constexpr (detail::wraps<T>) {
        return wrapping_sum(sum, wrapping_product(a, b));
    } else {
        return sum + a * b;
    }
}

/// -v, where the smallest integer stays the same.
template <class T>
constexpr T wrapping_negative(T v)
{
    if constexpr (detail::wraps<T>) {
        return wrapping_difference(T(0), v);
    } else {
        return -v;
    }
}

/// base to the power of exponent, both integers. A negative exponent gives what the quotient of integers is: 0, or 1 or
/// -1 of these bases; 0 of 0.
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

/// The divisor for which processors trap: the smallest integer divided by -1 is beyond the range.
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
