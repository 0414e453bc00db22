// The error function for constant expressions.
#pragma once
#include <cameo/function/exact/exponential.hpp>

namespace cameo::inline CAMEO_TARGET::exact {

inline constexpr pair inverse_root_pi{0.56418958354775628695, 7.66772980658294e-18};

/// e^(-x^2), whose argument is exact.
template <class = void>
constexpr with_exponent bell(double x)
{
    return exp_of(-exact_product(x, x));
}

/// erf for 0 <= x < 3: 2 / sqrt(pi) e^(-x^2) (x + 2 x^3 / 3 + 4 x^5 / (3 5) + …), of which all terms are positive.
template <class = void>
constexpr pair series_of_erf(double x)
{
    const pair twice_square = times_power(exact_product(x, x), 2);
    pair term{x}, sum{x};
    for (int odd = 3; term.high > sum.high * 0x1p-76; odd += 2) {
        term = term * twice_square / pair{static_cast<double>(odd)};
        sum = sum + term;
    }
    return times_power(sum * bell(x).value() * inverse_root_pi, 2);
}

/// erfc for 3 <= x < 28: e^(-x^2) / (sqrt(pi) x (1 + q / (1 + 2 q / (1 + 3 q / …)))) with q = 1 / (2 x^2).
template <class = void>
constexpr with_exponent fraction_of_erfc(double x)
{
    const pair q = pair{0.5} / exact_product(x, x);
    pair fraction{1};
    for (int k = x < 5 ? 110 : 40; k > 0; --k) {
        fraction = q * static_cast<double>(k) / fraction + 1;
    }
    const with_exponent e = bell(x);
    return {e.fraction * inverse_root_pi / (fraction * x), e.exponent};
}

template <class = void>
constexpr double erf(double x)
{
    if (is_nan(x) || x == 0) {
        return x;
    }
    const double a = abs(x);
    if (a < 0x1p-30) {
        return (inverse_root_pi * (x * 0x1p200)).rounded() * 0x1p-199;
    }
    if (a < 3) {
        return with_sign_of(series_of_erf(a).rounded(), x);
    }
    return with_sign_of(a > 6 ? 1 : (pair{1} - fraction_of_erfc(a).value()).rounded(), x);
}

template <class = void>
constexpr double erfc(double x)
{
    if (is_nan(x)) {
        return x;
    }
    const double a = abs(x);
    if (a > 28) {
        return x < 0 ? 2 : 0;
    }
    if (a < 0x1p-60) {
        return 1;
    }
    if (a < 3) {
        return (pair{1} + (x < 0 ? series_of_erf(a) : -series_of_erf(a))).rounded();
    }
    return x < 0 ? (pair{2} - fraction_of_erfc(a).value()).rounded() : fraction_of_erfc(a).rounded();
}

}  // namespace cameo::inline CAMEO_TARGET::exact
