// gelu on vectors of floats, within 4 units in the last place. Its digits below zero are those of 1 - erf and 1 - tanh.
#pragma once
#include <cameo/function/gelu.hpp>
#include <cameo/function/gelu_tanh.hpp>
#include <cameo/kernel/function/exp.hpp>
#include <cameo/kernel/function/in_double.hpp>
#include <cameo/kernel/function/polynomial.hpp>

namespace cameo::inline CAMEO_TARGET::simd {

/// max(x, 0) - exp(-t^2 / 2) R(v) with t = |x|, v = t / (t + 3.3) and the polynomial R = t exp(t^2 / 2) erfc(t / sqrt 2) / 2. t^2 has more digits than
/// a float: the high half of t has an exact square.
template <class A>
[[gnu::always_inline]] inline xsimd::batch<float, A> call(functions::gelu, const xsimd::batch<float, A>& x)
{
    using vector = xsimd::batch<float, A>;
    const vector t = smaller(vector(14.6f), xsimd::abs(x)), half(-0.5f);
    const vector shifted = detail::shifted_exponent(half * t * t);
    const vector high = high_half(t), r = multiply_add(half * (t - high), t + high, detail::without_exponent(half * high * high, shifted));
    const vector v = t / (t + vector(3.3f)), w = v + v - vector(1.0f);
    const vector p = detail::polynomial(w, std::array{7.38934125e-1f, -5.45006329e-1f, 2.8292755e-1f, -8.78744086e-2f, 4.00973983e-3f, 8.21278315e-3f,
        -1.60915133e-3f, -9.90547789e-4f, 2.11920375e-4f, 1.32693447e-4f});
    return larger(vector(0.0f), x) - detail::scaled_back(detail::times_exp(v * power_of_two<64>(shifted) * p, r));
}

/// max(x, 0) - t e / (1 + e) with t = |x| and e = exp(-2 sqrt(2 / pi) (t + 0.044715 t^3)), whose argument needs more digits than a float has.
template <class A>
[[gnu::always_inline]] inline xsimd::batch<float, A> call(functions::gelu_tanh, const xsimd::batch<float, A>& x)
{
    using vector = xsimd::batch<float, A>;
    const vector t = smaller(vector(11.0f), xsimd::abs(x));
    const vector shifted = detail::shifted_exponent(t * multiply_add(t * t, vector(-0.0713548163f), vector(-1.59576912f)));
    const auto rest = []<class V>(const V& v, const V& n) __attribute__((always_inline)) {
        return v * (v * v * V(-0.071354816272600247) - V(1.5957691216057308)) - n * V(0.69314718055994531);
    };
    const vector e = detail::times_exp(power_of_two<64>(shifted), in_double(rest, t, detail::exponent(shifted)));
    return larger(vector(0.0f), x) - detail::scaled_back(t * e / (vector(1.0f) + detail::scaled_back(e)));
}

}  // namespace cameo::simd
