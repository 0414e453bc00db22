// log(1 + exp(x)) on vectors.
#pragma once
#include <cameo/function/softplus.hpp>
#include <cameo/kernel/function/exp.hpp>
#include <cameo/kernel/function/library.hpp>
#include <cameo/kernel/function/polynomial.hpp>

namespace cameo::inline CAMEO_TARGET::simd {

/// max(x, 0) + log(1 + e) with e = exp(-|x|). The logarithm is 2 atanh(u / 2) with u = 2 e / (e + 2), an odd polynomial
/// of u.
template <class A>
[[gnu::always_inline]] inline xsimd::batch<float, A> call(functions::softplus, const xsimd::batch<float, A>& x)
{
    using vector = xsimd::batch<float, A>;
    const vector t = smaller(vector(detail::exp_numbers<float>::none), xsimd::abs(x));
    const vector scaled = detail::scaled_exp_of_negative(t);
    // 2^64 u, so that the digits of a subnormal result stay; the polynomial has none where u is that small.
    const vector u = (scaled + scaled) / (detail::scaled_back(scaled) + vector(2.0f)),
                 s = detail::scaled_back(u) * detail::scaled_back(u);
    const vector p = detail::polynomial(s, std::array{8.33330154e-2f, 1.25067941e-2f, 2.18744250e-3f, 5.47374657e-4f});
    return detail::scaled_back(multiply_add(u * s, p, u)) + larger(vector(0.0f), x);
}

template <class A>
[[gnu::always_inline]] inline xsimd::batch<double, A> call(functions::softplus, const xsimd::batch<double, A>& x)
{
    using vector = xsimd::batch<double, A>;
    if constexpr (detail::loses_infinities) {
        return detail::lane_by_lane(functions::softplus{}, x);
    } else {
        return larger(vector(0.0), x) + xsimd::log1p(call(functions::exp{}, -xsimd::abs(x)));
    }
}

}  // namespace cameo::inline CAMEO_TARGET::simd
