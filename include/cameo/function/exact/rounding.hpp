// Rounding and remainders for constant expressions, all exact.
#pragma once
#include <cameo/function/exact/pair.hpp>

namespace cameo::inline CAMEO_TARGET::exact {

/// To the nearest integer, halves to even.
template <class = void>
constexpr double nearbyint(double x)
{
    if (!(abs(x) < 0x1p52)) {
        return x;
    }
    const double shifted = abs(x) + 0x1p52;
    return with_sign_of(shifted - 0x1p52, x);
}

template <class = void>
constexpr double floor(double x)
{
    const double nearest = nearbyint(x);
    return nearest > x ? nearest - 1 : nearest;
}

template <class = void>
constexpr double ceil(double x)
{
    return -floor(-x);
}

/// The remainder with the sign of a.
template <class = void>
constexpr double fmod(double a, double b)
{
    if (is_nan(a) || is_nan(b) || abs(a) == infinity || b == 0) {
        return not_a_number;
    }
    double rest = abs(a);
    const double divisor = abs(b);
    while (rest >= divisor) {
        // The largest divisor x 2^n that is not above the rest.
        double part = divisor;
        if (divisor >= 0x1p-1022 && rest < 0x1p1000) {
            part = scaled(divisor, exponent(rest) - exponent(divisor));
            if (part > rest) {
                part *= 0.5;
            }
        } else {
            while (part <= rest * 0.5) {
                part *= 2;
            }
        }
        rest -= part;
    }
    return with_sign_of(rest, a);
}

}  // namespace cameo::inline CAMEO_TARGET::exact
