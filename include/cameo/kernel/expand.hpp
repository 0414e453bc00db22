// The fast path of Expand: a copy whose loops are planned at compile time.
#pragma once
#include <cameo/kernel/strided_copy.hpp>
#include <cameo/op/expand.hpp>

namespace cameo::inline CAMEO_TARGET {

template <expand_spec Spec, tensor_type Result>
    requires(Spec.x.storage == storage{} && Result.storage == storage{} && Result.shape.count() > 0)
struct kernel<Spec, Result> {
    template <class T>
    static void run(std::span<const T> x, std::span<T> y) noexcept
    {
        constexpr detail::copy_plan plan =
            detail::plan_copy(Result.shape, broadcast_strides(Spec.x.shape, Result.shape), strides_of(Result.shape));
        detail::planned_copy<plan>::run(x.data(), y.data());
    }
};

}  // namespace cameo::inline CAMEO_TARGET
