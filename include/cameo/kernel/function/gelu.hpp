// gelu on vectors of floats, within 4 units in the last place: below zero it keeps the digits that 1 - erf would lose.
#pragma once
#include <cameo/function/gelu.hpp>
#include <cameo/function/gelu_tanh.hpp>
#include <cameo/kernel/function/exp.hpp>
#include <cameo/kernel/function/in_double.hpp>
#include <cameo/kernel/function/polynomial.hpp>
#include <cameo/kernel/function/sigmoid.hpp>

namespace cameo::inline CAMEO_TARGET::simd {

namespace detail {

/// The parameters of R: v = t / (t + middle), and coefficients of R(v) / v as a polynomial of 2 v - 1. Beyond `bound`
/// the result is 0 or x.
template <class T>
struct gelu_numbers;

template <>
struct gelu_numbers<float> {
    static constexpr float bound = 14.6f, middle = 3.3f;
    static constexpr std::array terms{7.38934125e-1f, -5.45006329e-1f, 2.8292755e-1f, -8.78744086e-2f, 4.00973983e-3f,
        8.21278315e-3f, -1.60915133e-3f, -9.90547789e-4f, 2.11920375e-4f, 1.32693447e-4f};
};

template <>
struct gelu_numbers<double> {
    static constexpr double bound = 38.6, middle = 5;
    static constexpr std::array terms{0.769193049750063, -0.6653825028900568, 0.4953056159699761, -0.31353315667128745,
        0.16502036617040713, -0.06911863870687814, 0.020795066799260343, -0.002993376761868743, -0.0007978693892958589,
        0.0005448989927584027, -5.9375807358891235e-05, -4.976245616870157e-05, 1.6681639595174005e-05,
        3.97980489932909e-06, -2.7707204135122383e-06, -3.345738518771817e-07, 4.362925568222539e-07,
        4.0177962891473734e-08, -7.014220631960926e-08, -8.555696628254633e-09, 1.0797345335746256e-08,
        2.220848621773149e-09, -1.160886448380309e-09, -3.81618035300424e-10};
};

}  // namespace detail

/// max(x, 0) - exp(-t^2 / 2) R(v) with t = |x| and the polynomial R = t exp(t^2 / 2) erfc(t / sqrt 2) / 2. t^2 has
/// more digits than a number: the high half of t has an exact square.
template <class T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> call(functions::gelu, const xsimd::batch<T, A>& x)
{
    using vector = xsimd::batch<T, A>;
    using numbers = detail::gelu_numbers<T>;
    const vector t = smaller(vector(numbers::bound), xsimd::abs(x)), half(T(-0.5));
    const vector shifted = detail::shifted_exponent(half * t * t);
    const vector high = high_half(t), near = detail::without_exponent(half * high * high, shifted);
    const vector r = multiply_add(half * (t - high), t + high, near);
    const vector v = t / (t + vector(numbers::middle)), w = v + v - vector(T(1));
    const vector p = detail::polynomial(w, numbers::terms);
    return larger(vector(T(0)), x) - detail::scaled_back(detail::times_exp(v * power_of_two<64>(shifted) * p, r));
}

/// max(x, 0) - t e / (1 + e) with t = |x| and e = exp(-2 sqrt(2 / pi) (t + 0.044715 t^3)), whose argument needs more
/// digits than a float has.
template <class A>
[[gnu::always_inline]] inline xsimd::batch<float, A> call(functions::gelu_tanh, const xsimd::batch<float, A>& x)
{
    using vector = xsimd::batch<float, A>;
    const vector t = smaller(vector(11.0f), xsimd::abs(x));
    const vector shifted =
        detail::shifted_exponent(t * multiply_add(t * t, vector(-0.0713548163f), vector(-1.59576912f)));
    const auto rest = []<class V>(const V& v, const V& n) __attribute__((always_inline)) {
        return v * (v * v * V(-0.071354816272600247) - V(1.5957691216057308)) - n * V(0.69314718055994531);
    };
    const vector e = detail::times_exp(power_of_two<64>(shifted), in_double(rest, t, detail::exponent(shifted)));
    return larger(vector(0.0f), x) - detail::scaled_back(t * e / (vector(1.0f) + detail::scaled_back(e)));
}

template <class A>
[[gnu::always_inline]] inline xsimd::batch<double, A> call(functions::gelu_tanh, const xsimd::batch<double, A>& x)
{
    using vector = xsimd::batch<double, A>;
    const vector t = larger(vector(-39.0), x);
    return detail::times_sigmoid(t, t * multiply_add(t * t, vector(0.071354816272600247), vector(1.5957691216057308)));
}

}  // namespace cameo::inline CAMEO_TARGET::simd
