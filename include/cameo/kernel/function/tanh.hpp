// tanh and erf on vectors of floats: odd functions that approach 1.
#pragma once
#include <cameo/function/erf.hpp>
#include <cameo/function/tanh.hpp>
#include <cameo/kernel/function/polynomial.hpp>

namespace cameo::inline CAMEO_TARGET::simd {

namespace detail {

/// tanh(2 y) = 2 r / (1 + r^2) with r = tanh(y) = a / 2 b, as one quotient: where it is near 1, rounding errors of a
/// and b count little.
template <class V>
[[gnu::always_inline]] inline V of_half(const V& a, const V& b)
{
    return a * b / multiply_add(b, b, a * (a * V(0.25f)));
}

}  // namespace detail

// Both within 4 units in the last place, and a NaN stays. Beyond the bound the result is 1. a is odd, b even. The
// coefficients minimize the largest relative error, then that of this very sequence of roundings over all floats; that
// b(0) is less than 1 keeps sums below the next power of 2.
template <class A>
[[gnu::always_inline]] inline xsimd::batch<float, A> call(functions::tanh, const xsimd::batch<float, A>& x)
{
    using vector = xsimd::batch<float, A>;
    const vector bound(8.8f), t = smaller(bound, larger(-bound, x)), s = t * t;
    const vector a =
        multiply_add(t * s, multiply_add(s, vector(1.07034088e-4f), vector(2.77221110e-2f)), t * vector(0.929999828f));
    return detail::of_half(
        a, detail::polynomial(s, std::array{0.929999828f, 1.05222024e-1f, 1.12559635e-3f, 1.16120077e-6f}));
}

template <class A>
[[gnu::always_inline]] inline xsimd::batch<float, A> call(functions::erf, const xsimd::batch<float, A>& x)
{
    using vector = xsimd::batch<float, A>;
    const vector bound(3.8f), t = smaller(bound, larger(-bound, x)), s = t * t;
    const vector a =
        multiply_add(t * s, detail::polynomial(s, std::array{2.63125062e-1f, 2.85729561e-2f, 2.24589277e-3f}), t);
    return detail::of_half(a, detail::polynomial(s, std::array{0.886226892f, 2.46503726e-1f, 4.29048985e-2f,
                                                        5.34884073e-3f, 8.74264151e-5f}));
}

/// xsimd's is NaN where x^2 is infinite. From 6 on, erf is 1.
template <class A>
[[gnu::always_inline]] inline xsimd::batch<double, A> call(functions::erf, const xsimd::batch<double, A>& x)
{
    using vector = xsimd::batch<double, A>;
    return xsimd::erf(smaller(vector(6.0), larger(vector(-6.0), x)));
}

}  // namespace cameo::inline CAMEO_TARGET::simd
