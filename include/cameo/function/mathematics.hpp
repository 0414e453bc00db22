// The functions of <cmath> that definitions call: the standard library's at run time, exact ones in constant
// expressions.
#pragma once
#include <cameo/function/exact/error_function.hpp>
#include <cameo/function/exact/exponential.hpp>
#include <cameo/function/exact/rounding.hpp>
#include <cameo/function/exact/trigonometric.hpp>
#include <cmath>
#include <concepts>
#include <type_traits>

/// Functions of floats and doubles. In a constant expression, a float result is the exact value, rounded; the standard
/// library's may be a unit in the last place beside it.
namespace cameo::inline CAMEO_TARGET::mathematics {

template <std::floating_point T>
constexpr T exp(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::exp(static_cast<double>(x))) : std::exp(x);
}

template <std::floating_point T>
constexpr T expm1(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::expm1(static_cast<double>(x))) : std::expm1(x);
}

template <std::floating_point T>
constexpr T log(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::log(static_cast<double>(x))) : std::log(x);
}

template <std::floating_point T>
constexpr T log1p(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::log1p(static_cast<double>(x))) : std::log1p(x);
}

template <std::floating_point T>
constexpr T sqrt(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::sqrt(static_cast<double>(x))) : std::sqrt(x);
}

template <std::floating_point T>
constexpr T tanh(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::tanh(static_cast<double>(x))) : std::tanh(x);
}

template <std::floating_point T>
constexpr T sinh(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::sinh(static_cast<double>(x))) : std::sinh(x);
}

template <std::floating_point T>
constexpr T cosh(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::cosh(static_cast<double>(x))) : std::cosh(x);
}

template <std::floating_point T>
constexpr T asinh(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::asinh(static_cast<double>(x))) : std::asinh(x);
}

template <std::floating_point T>
constexpr T acosh(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::acosh(static_cast<double>(x))) : std::acosh(x);
}

template <std::floating_point T>
constexpr T atanh(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::atanh(static_cast<double>(x))) : std::atanh(x);
}

template <std::floating_point T>
constexpr T sin(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::sin(static_cast<double>(x))) : std::sin(x);
}

template <std::floating_point T>
constexpr T cos(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::cos(static_cast<double>(x))) : std::cos(x);
}

template <std::floating_point T>
constexpr T tan(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::tan(static_cast<double>(x))) : std::tan(x);
}

template <std::floating_point T>
constexpr T asin(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::asin(static_cast<double>(x))) : std::asin(x);
}

template <std::floating_point T>
constexpr T acos(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::acos(static_cast<double>(x))) : std::acos(x);
}

template <std::floating_point T>
constexpr T atan(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::atan(static_cast<double>(x))) : std::atan(x);
}

template <std::floating_point T>
constexpr T erf(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::erf(static_cast<double>(x))) : std::erf(x);
}

template <std::floating_point T>
constexpr T erfc(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::erfc(static_cast<double>(x))) : std::erfc(x);
}

template <std::floating_point T>
constexpr T nearbyint(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::nearbyint(static_cast<double>(x))) : std::nearbyint(x);
}

template <std::floating_point T>
constexpr T floor(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::floor(static_cast<double>(x))) : std::floor(x);
}

template <std::floating_point T>
constexpr T ceil(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::ceil(static_cast<double>(x))) : std::ceil(x);
}

// Under -ffast-math clang makes 1 / (a a) of a to the power of -2, though a a may be flushed to zero: not where the
// call is precise, as that within std::pow is not.
#if defined(__clang__)
#pragma float_control(precise, on, push)
#endif
template <std::floating_point T>
constexpr T pow(T a, T b)
{
    if (std::is_constant_evaluated()) {
        return static_cast<T>(exact::pow(static_cast<double>(a), static_cast<double>(b)));
    }
    if constexpr (std::is_same_v<T, float>) {
        return __builtin_powf(a, b);
    } else {
        return __builtin_pow(a, b);
    }
}
#if defined(__clang__)
#pragma float_control(pop)
#endif

template <std::floating_point T>
constexpr T fmod(T a, T b)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::fmod(static_cast<double>(a), static_cast<double>(b)))
                                        : std::fmod(a, b);
}

template <std::floating_point T>
constexpr T copysign(T magnitude, T sign)
{
    return std::is_constant_evaluated()
               ? static_cast<T>(exact::with_sign_of(static_cast<double>(magnitude), static_cast<double>(sign)))
               : std::copysign(magnitude, sign);
}

template <std::floating_point T>
constexpr T abs(T x)
{
    return std::is_constant_evaluated() ? static_cast<T>(exact::abs(static_cast<double>(x))) : std::abs(x);
}

}  // namespace cameo::inline CAMEO_TARGET::mathematics
