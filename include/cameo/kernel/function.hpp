// Elementwise functions on vectors: the definitions of cameo/function, and forms of them where those of xsimd fall short.
#pragma once
#include <cameo/function/acosh.hpp>
#include <cameo/function/clip.hpp>
#include <cameo/function/exp.hpp>
#include <cameo/function/relu.hpp>
#include <cameo/function/tanh.hpp>
#include <cameo/kernel/simd.hpp>
#include <limits>
#include <utility>

namespace cameo::simd {

/// Calls an elementwise function on vectors or numbers.
template <class Function, class... V>
[[gnu::always_inline]] inline auto call(Function f, const V&... x)
{
    return f(x...);
}

// Without masks. A NaN stays: it is the second operand of both.
template <class T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> call(functions::relu, const xsimd::batch<T, A>& x)
{
    return larger(xsimd::batch<T, A>(T(0)), x);
}
template <class T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> call(functions::clip, const xsimd::batch<T, A>& x, const xsimd::batch<T, A>& low, const xsimd::batch<T, A>& high)
{
    return smaller(high, larger(low, x));
}

/// xsimd's overflows at 88.4, a float's at 88.7. From 88 on, x - 1 is exact.
template <class A>
[[gnu::always_inline]] inline xsimd::batch<float, A> call(functions::exp, const xsimd::batch<float, A>& x)
{
    using vector = xsimd::batch<float, A>;
    const auto large = x > vector(88.0f);
    const vector y = xsimd::exp(xsimd::select(large, x - vector(1.0f), x));
    return xsimd::select(large, y * vector(2.7182818f), y);
}

/// xsimd's is not NaN below 1.
template <class T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> call(functions::acosh, const xsimd::batch<T, A>& x)
{
    using vector = xsimd::batch<T, A>;
    return xsimd::select(x < vector(1), vector(std::numeric_limits<T>::quiet_NaN()), xsimd::acosh(x));
}

/// x P(x^2) / Q(x^2), within 5 units in the last place. Beyond the bound the quotient is 1. The coefficients minimize the largest
/// relative error over [0, 8], then the error of this very sequence of roundings. A NaN stays.
template <class A>
[[gnu::always_inline]] inline xsimd::batch<float, A> call(functions::tanh, const xsimd::batch<float, A>& x)
{
    using vector = xsimd::batch<float, A>;
    const vector bound(7.9646463f);
    const vector t = smaller(bound, larger(-bound, x)), s = t * t;
    vector p(1.46481920e-8f), q(8.29508622e-7f);
    for (const float c : {2.15084492e-5f, 3.54916719e-3f, 1.34258687e-1f, 9.99999940e-1f}) p = multiply_add(p, s, vector(c));
    for (const float c : {3.37394653e-4f, 2.60799415e-2f, 4.67591941e-1f, 9.99999940e-1f}) q = multiply_add(q, s, vector(c));
    return t * p / q;
}

/// 1 / (1 + exp(-x)), within 4 units in the last place where that is no less than the least normal number (x > -87), and as small beyond.
/// Of the number that is 2^n times what is left, n is read from the low bits of a sum with 1.5 * 2^23. A NaN stays.
template <class A>
[[gnu::always_inline]] inline xsimd::batch<float, A> gate(const xsimd::batch<float, A>& x)
{
    using vector = xsimd::batch<float, A>;
    const vector bound(88.0f), shift(12582912.0f);
    const vector t = smaller(bound, larger(-bound, -x)), shifted = multiply_add(t, vector(1.44269504f), shift), n = shifted - shift;
    const vector r = multiply_add(n, vector(2.12194440e-4f), multiply_add(n, vector(-0.693359375f), t));
    // Pairs of terms, so that few multiply-adds wait for each other.
    const vector s = r * r;
    vector p = multiply_add(r, vector(1.9875691500e-4f), vector(1.3981999507e-3f));
    for (const auto& [odd, even] : {std::pair(8.3334519073e-3f, 4.1665795894e-2f), std::pair(1.6666665459e-1f, 5.0000001201e-1f), std::pair(1.0f, 1.0f)})
        p = multiply_add(p, s, multiply_add(r, vector(odd), vector(even)));
    return vector(1.0f) / multiply_add(p, power_of_two(shifted), vector(1.0f));
}

}  // namespace cameo::simd
