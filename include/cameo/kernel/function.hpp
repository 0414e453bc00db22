// Elementwise functions on vectors: the definitions of cameo/function, or versions of cameo's own where xsimd's fall
// short.
#pragma once
#include <cameo/function/acosh.hpp>
#include <cameo/function/clip.hpp>
#include <cameo/function/relu.hpp>
#include <cameo/kernel/function/fast.hpp>
#include <cameo/kernel/function/gelu.hpp>
#include <cameo/kernel/function/log.hpp>
#include <cameo/kernel/function/round_float16.hpp>
#include <cameo/kernel/function/sigmoid.hpp>
#include <cameo/kernel/function/softplus.hpp>
#include <cameo/kernel/function/tanh.hpp>
#include <limits>

namespace cameo::inline CAMEO_TARGET::simd {

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
[[gnu::always_inline]] inline xsimd::batch<T, A> call(
    functions::clip, const xsimd::batch<T, A>& x, const xsimd::batch<T, A>& low, const xsimd::batch<T, A>& high)
{
    return smaller(high, larger(low, x));
}

/// Returns NaN below 1, where xsimd does not.
template <class T, class A>
[[gnu::always_inline]] inline xsimd::batch<T, A> call(functions::acosh f, const xsimd::batch<T, A>& x)
{
    using vector = xsimd::batch<T, A>;
    if constexpr (detail::loses_infinities) {
        return detail::lane_by_lane(f, x);
    } else {
        return xsimd::select(x < vector(1), vector(std::numeric_limits<T>::quiet_NaN()), xsimd::acosh(x));
    }
}

}  // namespace cameo::inline CAMEO_TARGET::simd
