// Functions on vectors of floats that are quotients of exponentials.
#pragma once
#include <cameo/function/mish.hpp>
#include <cameo/function/sigmoid.hpp>
#include <cameo/function/swish.hpp>
#include <cameo/kernel/function/exp.hpp>

namespace cameo::inline CAMEO_TARGET::simd {

/// c / (c + c exp(-x)) with c = 2^-24, so that c exp(-x) is finite wherever the result is more than zero: subnormal results too are
/// within 4 units in the last place. From 17 on the result is 1. A NaN stays.
template <class A>
[[gnu::always_inline]] inline xsimd::batch<float, A> call(functions::sigmoid, const xsimd::batch<float, A>& x)
{
    using vector = xsimd::batch<float, A>;
    const vector t = smaller(vector(detail::no_exp), larger(vector(-70.0f), -x)), shifted = detail::shifted_exponent(t), c(5.96046448e-8f);
    const vector r = detail::without_exponent(t, shifted);
    return c / multiply_add(detail::exp_terms(r, r + vector(1.0f)), power_of_two<-24>(shifted), c);
}

template <class A>
[[gnu::always_inline]] inline xsimd::batch<float, A> call(functions::swish, const xsimd::batch<float, A>& x, const xsimd::batch<float, A>& alpha)
{
    return x * call(functions::sigmoid{}, alpha * x);
}

/// tanh(log(1 + e)) = e (e + 2) / (e (e + 2) + 2) with e = exp(x), which is 1 from 20 on.
template <class A>
[[gnu::always_inline]] inline xsimd::batch<float, A> call(functions::mish, const xsimd::batch<float, A>& x)
{
    using vector = xsimd::batch<float, A>;
    const vector e = call(functions::exp{}, smaller(vector(20.0f), x)), product = e * (e + vector(2.0f));
    return x * (product / (product + vector(2.0f)));
}

}  // namespace cameo::simd
