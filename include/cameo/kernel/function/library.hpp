// Replaces functions of xsimd by the standard library's, a lane at a time, under compiler options that break xsimd's.
#pragma once
#include <cameo/function/asinh.hpp>
#include <cameo/function/atanh.hpp>
#include <cameo/function/cos.hpp>
#include <cameo/function/cosh.hpp>
#include <cameo/function/log.hpp>
#include <cameo/function/sin.hpp>
#include <cameo/function/sinh.hpp>
#include <cameo/function/tan.hpp>
#include <cameo/function/tanh.hpp>
#include <cameo/kernel/simd/ordered.hpp>

namespace cameo::inline CAMEO_TARGET::simd {

namespace detail {

/// Tells whether the compiler drops what xsimd does with infinities. To clang, a function whose result is infinite has
/// none (-ffinite-math-only).
#if defined(__clang__)
inline constexpr bool loses_infinities = cameo::detail::finite_only;
#else
inline constexpr bool loses_infinities = false;
#endif

template <class Function, class V>
[[gnu::always_inline]] inline V lane_by_lane(Function f, const V& x)
{
    alignas(sizeof(V)) std::array<typename V::value_type, V::size> lane;
    x.store_aligned(lane.data());
    for (auto& v : lane) {
        v = f(v);
    }
    return V::load_aligned(lane.data());
}

template <class Function, class... Listed>
concept one_of = (std::is_same_v<Function, Listed> || ...);

}  // namespace detail

/// xsimd reduces large arguments number by number, in an order that the compiler does not keep.
template <detail::one_of<functions::cos, functions::sin, functions::tan> Function, class T, class A>
[[gnu::always_inline]] inline auto call(Function f, const xsimd::batch<T, ordered_architecture<A>>& x)
{
    if (detail::loses_infinities || !(largest_of(xsimd::abs(x)) < T(200))) {
        return detail::lane_by_lane(f, x);
    }
    return f(x);
}

template <detail::one_of<functions::asinh, functions::atanh, functions::cosh, functions::log, functions::sinh> Function,
    class T, class A>
    requires detail::loses_infinities
[[gnu::always_inline]] inline auto call(Function f, const xsimd::batch<T, ordered_architecture<A>>& x)
{
    return detail::lane_by_lane(f, x);
}

/// For floats, cameo has a version of its own.
template <class A>
    requires detail::loses_infinities
[[gnu::always_inline]] inline auto call(functions::tanh f, const xsimd::batch<double, ordered_architecture<A>>& x)
{
    return detail::lane_by_lane(f, x);
}

}  // namespace cameo::inline CAMEO_TARGET::simd
