// Functions on vectors that are quotients of exponentials.
#pragma once
#include <cameo/function/mish.hpp>
#include <cameo/function/sigmoid.hpp>
#include <cameo/function/swish.hpp>
#include <cameo/kernel/function/exp.hpp>

namespace cameo::inline CAMEO_TARGET::simd {

namespace detail {

/// What a step is multiplied by, so that it has all its digits where the result is subnormal.
inline constexpr float large_scale = 0x1p64f, small_scale = 0x1p-64f;
/// ln 2 times an exponent that power_of_two takes for infinity, or for 0.
template <class V>
constexpr typename V::value_type logarithm_of_power(int exponent)
{
    return static_cast<typename V::value_type>(exponent * 0.69314718055994531);
}

/// x / (1 + exp(-y)) as c x / (c + c exp(-y)) with c = 2^-64 where y < -64, so that c exp(-y) is finite wherever the
/// result is not 0; it is infinite for y of minus infinity. From 64 on the result is x. A NaN stays.
template <class V>
[[gnu::always_inline]] inline V times_sigmoid(const V& x, const V& y)
{
    constexpr auto infinite = logarithm_of_power<V>(exponent_bias<typename V::value_type> + 1 + 64);
    const V t = smaller(V(infinite), larger(V(-70), -y));
    const V shifted = shifted_exponent(t), r = without_exponent(t, shifted);
    const V c = xsimd::select(t > V(64), V(small_scale), V(1));
    return x * c / multiply_add(exp_terms(r, r + V(1)), times_power_of_two(c, shifted), c);
}

}  // namespace detail

/// c / (c + c exp(-x)) with c = 2^-24 or 2^-53, so that c exp(-x) is finite wherever the result is more than zero:
/// subnormal results too are within 4 units in the last place. From 37 on the result is 1. A NaN stays.
template <class T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> call(functions::sigmoid, const xsimd::batch<T, A>& x)
{
    using vector = xsimd::batch<T, A>;
    constexpr int digits = std::numeric_limits<T>::digits;
    const vector t = smaller(vector(detail::exp_numbers<T>::none), larger(vector(-70), -x));
    const vector c(std::numeric_limits<T>::epsilon() / 2);
    const vector shifted = detail::shifted_exponent(t), r = detail::without_exponent(t, shifted);
    return c / multiply_add(detail::exp_terms(r, r + vector(1)), power_of_two<-digits>(shifted), c);
}

template <class T, class A>
[[gnu::always_inline]] inline auto call(functions::swish, const xsimd::batch<T, A>& x, const xsimd::batch<T, A>& alpha)
{
    return detail::times_sigmoid(x, alpha * x);
}

/// tanh(log(1 + e)) = e (e + 2) / (e (e + 2) + 2) with e = exp(x), which is 1 from 20 on. Where parts of e could be
/// subnormal, c e takes the place of e, with c = 2^64, and the result is divided by c: e + 2 is 2 there all the same.
/// The e of minus infinity is 0.
template <class T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> call(functions::mish, const xsimd::batch<T, A>& x)
{
    using vector = xsimd::batch<T, A>;
    constexpr auto none = detail::logarithm_of_power<vector>(-exponent_bias<T> - 64);
    const vector t = smaller(vector(20), larger(vector(none), x)), shifted = detail::shifted_exponent(t);
    const auto below =
        t < vector(detail::logarithm_of_power<vector>(8 + std::numeric_limits<T>::digits - exponent_bias<T>));
    const vector c = xsimd::select(below, vector(detail::large_scale), vector(1));
    const vector e = detail::times_exp(times_power_of_two(c, shifted), detail::without_exponent(t, shifted));
    const vector product = e * (e + vector(2));
    return x * (product / (product + vector(2))) * xsimd::select(below, vector(detail::small_scale), vector(1));
}

}  // namespace cameo::inline CAMEO_TARGET::simd
