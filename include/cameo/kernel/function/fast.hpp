// The functions of `--math fast` on vectors of floats: finite arguments, no subnormal numbers, errors in
// docs/numerics.md. A NaN stays.
#pragma once
#include <cameo/function/fast.hpp>
#include <cameo/kernel/function/exp.hpp>
#include <cameo/kernel/function/polynomial.hpp>

namespace cameo::inline CAMEO_TARGET::simd {

namespace detail {

/// x P(x^2) / Q(x^2) within the bound, as at the bound beyond it.
template <class V, std::size_t N, std::size_t M>
[[gnu::always_inline]] inline V odd_quotient(
    const V& x, float bound, const std::array<float, N>& p, const std::array<float, M>& q)
{
    const V t = smaller(V(bound), larger(V(-bound), x)), s = t * t;
    return t * polynomial(s, p) / polynomial(s, q);
}

}  // namespace detail

/// From 1.6e-38 to 2.4e38.
template <class A>
[[gnu::always_inline]] inline xsimd::batch<float, A> call(functions::fast_exp, const xsimd::batch<float, A>& x)
{
    using vector = xsimd::batch<float, A>;
    const vector t = smaller(vector(88.37f), larger(vector(-87.0f), x)), shifted = detail::shifted_exponent(t);
    const vector r = multiply_add(detail::exponent(shifted), vector(-0.693147182f), t);
    return detail::polynomial(r, std::array{0.999999285f, 0.999963343f, 0.50004369f, 0.167910308f, 0.0414584018f}) *
           power_of_two(shifted);
}

template <class A>
[[gnu::always_inline]] inline xsimd::batch<float, A> call(functions::fast_sigmoid, const xsimd::batch<float, A>& x)
{
    using vector = xsimd::batch<float, A>;
    return vector(1.0f) / (call(functions::fast_exp{}, -x) + vector(1.0f));
}

template <class A>
[[gnu::always_inline]] inline xsimd::batch<float, A> call(functions::fast_tanh, const xsimd::batch<float, A>& x)
{
    return detail::odd_quotient(x, 6.9f, std::array{1.0f, 0.12342258f, 0.0023108232f, 4.0778927e-6f},
        std::array{1.0f, 0.45675117f, 0.021235092f, 1.4589109e-4f});
}

template <class A>
[[gnu::always_inline]] inline xsimd::batch<float, A> call(functions::fast_erf, const xsimd::batch<float, A>& x)
{
    return detail::odd_quotient(x, 3.3f, std::array{1.1283772f, 0.15474537f, 0.04312683f, 0.00074462527f},
        std::array{1.0f, 0.4704854f, 0.094949728f, 0.0092547493f});
}

template <class A>
[[gnu::always_inline]] inline xsimd::batch<float, A> call(functions::fast_gelu, const xsimd::batch<float, A>& x)
{
    using vector = xsimd::batch<float, A>;
    const vector half = larger(vector(-4.66f), x) * vector(0.5f);
    return multiply_add(half, call(functions::fast_erf{}, x * vector(0.707106781f)), half);
}

template <class A>
[[gnu::always_inline]] inline xsimd::batch<float, A> call(functions::fast_gelu_tanh, const xsimd::batch<float, A>& x)
{
    using vector = xsimd::batch<float, A>;
    return x * call(functions::fast_sigmoid{}, x * multiply_add(x * x, vector(0.0713548163f), vector(1.59576912f)));
}

}  // namespace cameo::inline CAMEO_TARGET::simd
