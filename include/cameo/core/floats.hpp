// Floating-point tests and operations that hold under -ffast-math, -Ofast and the options that these imply.
#pragma once
#include <bit>
#include <cameo/core/opaque_number.hpp>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET::detail {

// Both compilers tell what follows from -ffast-math, and g++ its parts. To clang they are properties of each operation,
// where it is written: kernel/simd/simd.hpp writes its own, and those of xsimd, without them, unless the headers of the
// processor were included before.
#if defined(__FAST_MATH__) || defined(__ASSOCIATIVE_MATH__) || defined(__RECIPROCAL_MATH__) ||                         \
    defined(__NO_SIGNED_ZEROS__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__) ||                         \
    (defined(__clang__) && (defined(__IMMINTRIN_H) || defined(__EMMINTRIN_H) || defined(__ARM_NEON_H)))
#define CAMEO_KEEPS_ORDER 0
#else
#define CAMEO_KEEPS_ORDER 1
#endif
/// Tells whether the compiler computes floats in the order that is written, with exact divisions.
inline constexpr bool keeps_order = CAMEO_KEEPS_ORDER;

#if defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__
inline constexpr bool finite_only = true;
#else
/// Tells whether the compiler assumes that no number is NaN or infinite (-ffinite-math-only). Comparisons do not detect
/// NaN then; bits do.
inline constexpr bool finite_only = false;
#endif

template <class T>
using bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;

/// Tells whether a number is not NaN, by its bits if comparisons do not tell. For a vector, returns a mask.
template <class T>
constexpr auto is_a_number(const T& v)
{
    if constexpr (std::is_floating_point_v<T> && finite_only) {
        constexpr auto infinity = std::bit_cast<bits<T>>(std::numeric_limits<T>::infinity());
        return (std::bit_cast<bits<T>>(v) & ~bits<T>{0} >> 1) <= infinity;
    } else {
        return v == v;
    }
}

/// Tells whether a number is neither NaN nor infinite, likewise by its bits.
template <class T>
constexpr bool is_finite(const T& v)
{
    constexpr auto infinity = std::bit_cast<bits<T>>(std::numeric_limits<T>::infinity());
    return (std::bit_cast<bits<T>>(v) & ~bits<T>{0} >> 1) < infinity;
}

/// Hides the origin of a number from a compiler that does not keep the order of floats.
template <class T>
[[gnu::always_inline]] constexpr T in_order(T v)
{
    if constexpr (std::is_floating_point_v<T> && !keeps_order) {
        return opaque_number(v);
    } else {
        return v;
    }
}

#if defined(__clang__)
#pragma float_control(precise, on, push)
#endif
/// Divides with the rounding of a / b, not of a times the reciprocal of b. For numbers and vectors.
template <class T>
[[gnu::always_inline]] constexpr T quotient(const T& a, const T& b)
{
    return in_order(a) / in_order(b);
}
#if defined(__clang__)
#pragma float_control(pop)
#endif

}  // namespace cameo::inline CAMEO_TARGET::detail
