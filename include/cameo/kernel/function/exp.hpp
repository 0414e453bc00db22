// exp on vectors of floats, and the parts of it that sigmoid, gelu and softplus are made of. x = n ln 2 + r: exp(x) = 2^n exp(r).
#pragma once
#include <cameo/function/exp.hpp>
#include <cameo/kernel/simd.hpp>
#include <utility>

namespace cameo::inline CAMEO_TARGET::simd {

namespace detail {

/// n + 1.5 * 2^23, with n the integer nearest to x / ln 2: the low bits of the sum are n.
template <class V>
[[gnu::always_inline]] inline V shifted_exponent(const V& x)
{
    return multiply_add(x, V(1.44269504f), V(12582912.0f));
}

template <class V>
[[gnu::always_inline]] inline V exponent(const V& shifted)
{
    return shifted - V(12582912.0f);
}

/// x - n ln 2. The first of two parts of ln 2 has so few bits that its product with n is exact.
template <class V>
[[gnu::always_inline]] inline V without_exponent(const V& x, const V& shifted)
{
    const V n = exponent(shifted);
    return multiply_add(n, V(2.12194440e-4f), multiply_add(n, V(-0.693359375f), x));
}

/// First + exp(r) - 1 - r for |r| < 0.35. Pairs of terms, so that few multiply-adds wait for each other.
template <class V>
[[gnu::always_inline]] inline V exp_terms(const V& r, const V& first)
{
    const V s = r * r;
    V p(1.38144672e-3f);
    for (const auto& [odd, even] : {std::pair(8.36878084e-3f, 4.16683927e-2f), std::pair(1.66665196e-1f, 4.99999940e-1f)})
        p = multiply_add(p, s, multiply_add(r, V(odd), V(even)));
    return multiply_add(p, s, first);
}

/// x exp(r) for |r| < 0.35, within one unit in the last place.
template <class V>
[[gnu::always_inline]] inline V times_exp(const V& x, const V& r)
{
    return multiply_add(x, exp_terms(r, r), x);
}

/// Where exp(x) is smaller than half of the least float.
inline constexpr float no_exp = 104;

/// 2^64 exp(-x) for x from 0 to 110: what is less than the least normal number keeps its digits. scaled_back divides by 2^64.
template <class V>
[[gnu::always_inline]] inline V scaled_exp_of_negative(const V& x)
{
    const V shifted = shifted_exponent(-x);
    return times_exp(power_of_two<64>(shifted), without_exponent(-x, shifted));
}
template <class V>
[[gnu::always_inline]] inline V scaled_back(const V& x)
{
    return x * V(5.42101086e-20f);
}

}  // namespace detail

/// Within 2 units in the last place, subnormal results too. 2^n is two factors: n reaches from -150 to 128.
template <class A>
[[gnu::always_inline]] inline xsimd::batch<float, A> call(functions::exp, const xsimd::batch<float, A>& x)
{
    using vector = xsimd::batch<float, A>;
    const vector t = smaller(vector(89.0f), larger(vector(-detail::no_exp), x)), shifted = detail::shifted_exponent(t);
    const auto [half, rest] = halves_of_power(shifted);
    return detail::times_exp(half, detail::without_exponent(t, shifted)) * rest;
}

}  // namespace cameo::simd
