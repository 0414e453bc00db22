// log on vectors of doubles.
#pragma once
#include <cameo/kernel/function/library.hpp>

namespace cameo::inline CAMEO_TARGET::simd {

/// log(2^54 x) - 54 ln 2 where x is subnormal: xsimd 8.1 takes the exponents of subnormal doubles for those of others.
template <class A>
    requires(!detail::loses_infinities)
[[gnu::always_inline]] inline xsimd::batch<double, A> call(functions::log f, const xsimd::batch<double, A>& x)
{
    using vector = xsimd::batch<double, A>;
    const auto subnormal = x < vector(std::numeric_limits<double>::min());
    const vector shift = xsimd::select(subnormal, vector(37.429947750237048), vector(0.0));
    return f(xsimd::select(subnormal, x * vector(0x1p54), x)) - shift;
}

}  // namespace cameo::inline CAMEO_TARGET::simd
