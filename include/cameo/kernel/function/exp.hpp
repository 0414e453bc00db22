// exp on vectors, and the parts of it that sigmoid, gelu and softplus are made of. x = n ln 2 + r: exp(x) = 2^n exp(r).
#pragma once
#include <cameo/function/exp.hpp>
#include <cameo/kernel/simd/simd.hpp>
#include <utility>

namespace cameo::inline CAMEO_TARGET::simd {

namespace detail {

/// The numbers that exp is made of. The first of two parts of ln 2 has so few bits that its product with n is exact.
/// The terms are coefficients of (exp(r) - 1 - r) / r^2, the highest and then pairs, odd before even.
template <class T>
struct exp_numbers;

template <>
struct exp_numbers<float> {
    static constexpr float inverse_of_ln_2 = 1.44269504f, high_ln_2 = 0.693359375f, low_ln_2 = -2.12194440e-4f;
    static constexpr float highest_term = 1.38144672e-3f;
    static constexpr std::array<std::pair<float, float>, 2> terms{
        {{8.36878084e-3f, 4.16683927e-2f}, {1.66665196e-1f, 4.99999940e-1f}}};
    /// Where exp(x) is infinite, and where exp(-x) is smaller than half of the least number.
    static constexpr float infinite = 89, none = 104;
};

template <>
struct exp_numbers<double> {
    static constexpr double inverse_of_ln_2 = 1.4426950408889634, high_ln_2 = 0x1.62e42feep-1;
    static constexpr double low_ln_2 = 0x1.a39ef35793c76p-33;
    static constexpr double highest_term = 2.0914992453279241e-09;
    static constexpr std::array<std::pair<double, double>, 5> terms{{{2.5105644791455369e-08, 2.7557272906165481e-07},
        {2.7557254368226749e-06, 2.4801587326131077e-05}, {0.00019841269875637497, 0.0013888888888883581},
        {0.0083333333333258999, 0.041666666666666671}, {0.16666666666666671, 0.5}}};
    static constexpr double infinite = 710, none = 746;
};

template <class V>
using exp_numbers_of = exp_numbers<typename V::value_type>;

/// n + integer_shift, with n the integer nearest to x / ln 2: the low bits of the sum are n.
template <class V>
[[gnu::always_inline]] inline V shifted_exponent(const V& x)
{
    return multiply_add(x, V(exp_numbers_of<V>::inverse_of_ln_2), V(integer_shift<typename V::value_type>));
}

template <class V>
[[gnu::always_inline]] inline V exponent(const V& shifted)
{
    return shifted - V(integer_shift<typename V::value_type>);
}

/// x - n ln 2.
template <class V>
[[gnu::always_inline]] inline V without_exponent(const V& x, const V& shifted)
{
    const V n = exponent(shifted);
    return multiply_add(n, V(-exp_numbers_of<V>::low_ln_2), multiply_add(n, V(-exp_numbers_of<V>::high_ln_2), x));
}

/// First + exp(r) - 1 - r for |r| < 0.35. Pairs of terms, so that few multiply-adds wait for each other.
template <class V>
[[gnu::always_inline]] inline V exp_terms(const V& r, const V& first)
{
    const V s = r * r;
    V p(exp_numbers_of<V>::highest_term);
    for (const auto& [odd, even] : exp_numbers_of<V>::terms) {
        p = multiply_add(p, s, multiply_add(r, V(odd), V(even)));
    }
    return multiply_add(p, s, first);
}

/// x exp(r) for |r| < 0.35, within one unit in the last place.
template <class V>
[[gnu::always_inline]] inline V times_exp(const V& x, const V& r)
{
    return multiply_add(x, exp_terms(r, r), x);
}

/// 2^64 exp(-x) for x from 0 to 110: what is less than the least normal number keeps its digits. scaled_back divides by
/// 2^64.
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

/// Within 2 units in the last place, subnormal results too. 2^n is two factors: n of floats, say, reaches from -150
/// to 128, and exponents from -126 to 127.
template <class T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> call(functions::exp, const xsimd::batch<T, A>& x)
{
    using vector = xsimd::batch<T, A>;
    using numbers = detail::exp_numbers<T>;
    const vector t = smaller(vector(numbers::infinite), larger(vector(-numbers::none), x));
    const vector shifted = detail::shifted_exponent(t);
    const auto [half, rest] = halves_of_power(shifted);
    return detail::times_exp(half, detail::without_exponent(t, shifted)) * rest;
}

}  // namespace cameo::inline CAMEO_TARGET::simd
