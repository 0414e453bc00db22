// exp, log, powers, roots and functions derived from them, for constant expressions.
#pragma once
#include <cameo/function/exact/pair.hpp>
#include <cameo/function/exact/rounding.hpp>

namespace cameo::inline CAMEO_TARGET::exact {

inline constexpr pair ln_2{0.69314718055994530942, 2.3190468138462996e-17};

/// fraction x 2^exponent
struct with_exponent {
    pair fraction;
    int exponent = 0;

    constexpr pair value() const { return {scaled(fraction.high, exponent), scaled(fraction.low, exponent)}; }
    constexpr double rounded() const { return scaled(fraction.rounded(), exponent); }
};

/// e^r - 1 for |r| < 0.35: Taylor's series.
template <class = void>
constexpr pair series_of_exp(const pair& r)
{
    struct series {
        pair inverse_factorial[19] = {{1}};
        constexpr series()
        {
            for (int k = 1; k < 19; ++k) {
                inverse_factorial[k] = inverse_factorial[k - 1] / pair{k + 1.0};
            }
        }
    };
    constexpr series terms;
    return r * polynomial(terms.inverse_factorial, 8, r);
}

/// e^x for |x| < 2000.
template <class = void>
constexpr with_exponent exp_of(const pair& x)
{
    const double n = nearbyint(x.high * 1.4426950408889634074);
    const pair r = x - ln_2 * n;
    return {series_of_exp(r) + 1, static_cast<int>(n)};
}

/// e^x - 1 for |x| < 700.
template <class = void>
constexpr pair expm1_of(const pair& x)
{
    if (abs(x.high) < 0.34) {
        return series_of_exp(x);
    }
    return exp_of(x).value() + -1;
}

template <class = void>
constexpr double exp(double x)
{
    if (is_nan(x)) {
        return x;
    }
    if (x > 710) {
        return infinity;
    }
    if (x < -746) {
        return 0;
    }
    return exp_of({x}).rounded();
}

template <class = void>
constexpr double expm1(double x)
{
    if (is_nan(x) || abs(x) < 0x1p-54) {
        return x;
    }
    if (x > 710) {
        return infinity;
    }
    if (x < -50) {
        return -1;
    }
    return x > 600 ? exp_of({x}).rounded() : expm1_of({x}).rounded();
}

/// log of a positive, normal number. 2 artanh((m - 1) / (m + 1)), with m between sqrt(1/2) and sqrt(2).
template <class = void>
constexpr pair log_of(const pair& x)
{
    struct series {
        pair inverse_odd[17];
        constexpr series()
        {
            for (int k = 0; k < 17; ++k) {
                inverse_odd[k] = pair{1} / pair{2.0 * k + 1};
            }
        }
    };
    constexpr series terms;
    int n = exponent(x.high);
    if (scaled(x.high, -n) > 1.4142135623730951) {
        ++n;
    }
    const pair m{scaled(x.high, -n), scaled(x.low, -n)};
    const pair s = (m + -1) / (m + 1);
    return times_power(s * polynomial(terms.inverse_odd, 6, s * s), 2) + ln_2 * n;
}

/// Does the same, for subnormal numbers too.
template <class = void>
constexpr pair log_of(double x)
{
    if (x < 0x1p-1000) {
        return log_of(pair{x * 0x1p100}) + ln_2 * -100;
    }
    return log_of(pair{x});
}

/// log(1 + x) for finite x > -1.
template <class = void>
constexpr pair log1p_of(const pair& x)
{
    if (abs(x.high) > 0x1p-30) {
        return log_of(x + 1);
    }
    return x - times_power(x * x, 0.5) + x * x * x / pair{3};
}

template <class = void>
constexpr double log(double x)
{
    if (is_nan(x) || x == infinity) {
        return x;
    }
    if (x == 0) {
        return -infinity;
    }
    return x < 0 ? not_a_number : log_of(x).rounded();
}

template <class = void>
constexpr double log1p(double x)
{
    if (is_nan(x) || x == infinity || abs(x) < 0x1p-54) {
        return x;
    }
    if (x == -1) {
        return -infinity;
    }
    return x < -1 ? not_a_number : log1p_of({x}).rounded();
}

template <class = void>
constexpr double sqrt(double x)
{
    if (is_nan(x) || x == infinity || x == 0) {
        return x;
    }
    if (x < 0) {
        return not_a_number;
    }
    return x < 0x1p-900 ? square_root({x * 0x1p200}).rounded() * 0x1p-100 : square_root({x}).rounded();
}

/// Returns a^b where a is 0 or infinite, by the sign of b and whether it is odd.
template <class = void>
constexpr double power_of_special(double a, double b, bool is_odd)
{
    const double size = (a == 0) == (b < 0) ? infinity : 0;
    return is_odd ? with_sign_of(size, a) : size;
}

template <class = void>
constexpr double pow(double a, double b)
{
    if (a == 1 || b == 0) {
        return 1;
    }
    if (is_nan(a) || is_nan(b)) {
        return a + b;
    }
    const bool is_integer = abs(b) >= 0x1p53 || nearbyint(b) == b;
    const bool is_odd = is_integer && abs(b) < 0x1p53 && fmod(b, 2) != 0;
    const double size = abs(a);
    if (abs(b) == infinity) {
        return size == 1 ? 1 : (size > 1) == (b > 0) ? infinity : 0;
    }
    if (size == 0 || size == infinity) {
        return power_of_special(a, b, is_odd);
    }
    if (a < 0 && !is_integer) {
        return not_a_number;
    }
    const pair logarithm = log_of(size);
    const double about = logarithm.high * b;
    double result = 1;
    if (about > 710) {
        result = infinity;
    } else if (about < -746) {
        result = 0;
    } else if (abs(about) > 0x1p-60) {
        result = exp_of(logarithm * b).rounded();
    }
    return is_odd && a < 0 ? -result : result;
}

template <class = void>
constexpr double tanh(double x)
{
    if (is_nan(x) || abs(x) < 0x1p-30) {
        return x;
    }
    if (abs(x) > 20) {
        return with_sign_of(1, x);
    }
    const pair t = expm1_of({2 * abs(x)});
    return with_sign_of((t / (t + 2)).rounded(), x);
}

template <class = void>
constexpr double sinh(double x)
{
    if (is_nan(x) || abs(x) < 0x1p-30) {
        return x;
    }
    if (abs(x) > 711) {
        return with_sign_of(infinity, x);
    }
    if (abs(x) > 40) {
        return with_sign_of(with_exponent{exp_of({abs(x)}).fraction, exp_of({abs(x)}).exponent - 1}.rounded(), x);
    }
    const pair t = expm1_of({abs(x)});
    return with_sign_of(times_power(t + t / (t + 1), 0.5).rounded(), x);
}

template <class = void>
constexpr double cosh(double x)
{
    if (is_nan(x)) {
        return x;
    }
    if (abs(x) > 711) {
        return infinity;
    }
    if (abs(x) > 40) {
        return abs(sinh(x));
    }
    const pair e = exp_of({abs(x)}).value();
    return times_power(e + pair{1} / e, 0.5).rounded();
}

template <class = void>
constexpr double asinh(double x)
{
    if (is_nan(x) || abs(x) == infinity || abs(x) < 0x1p-30) {
        return x;
    }
    const double a = abs(x);
    if (a > 0x1p60) {
        return with_sign_of((log_of(a) + ln_2).rounded(), x);
    }
    const pair square = exact_product(a, a);
    return with_sign_of(log1p_of(square / (square_root(square + 1) + 1) + a).rounded(), x);
}

template <class = void>
constexpr double acosh(double x)
{
    if (is_nan(x) || x == infinity) {
        return x;
    }
    if (x < 1) {
        return not_a_number;
    }
    if (x == 1) {
        return 0;
    }
    if (x > 0x1p60) {
        return (log_of(x) + ln_2).rounded();
    }
    const pair t = exact_sum(x, -1);
    return log1p_of(t + square_root(times_power(t, 2) + t * t)).rounded();
}

template <class = void>
constexpr double atanh(double x)
{
    if (is_nan(x) || abs(x) < 0x1p-30) {
        return x;
    }
    if (abs(x) >= 1) {
        return abs(x) == 1 ? with_sign_of(infinity, x) : not_a_number;
    }
    const double a = abs(x);
    return with_sign_of(times_power(log1p_of(pair{2 * a} / (pair{1} + -a)), 0.5).rounded(), x);
}

}  // namespace cameo::inline CAMEO_TARGET::exact
