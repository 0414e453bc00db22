// The fast path of Transpose: a copy whose loops are planned at compile time.
#pragma once
#include <cameo/kernel/strided_copy.hpp>
#include <cameo/op/transpose.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

constexpr copy_plan plan_of(const transpose_spec& s)
{
    const shape out = result(s).shape;
    const per_axis dense = strides_of(s.x.shape);
    per_axis from{};
    for (int axis = 0; axis < out.rank; ++axis) {
        from[index(axis)] = dense[index(s.permutation[axis])];
    }
    return plan_copy(out, from, strides_of(out));
}

}  // namespace detail

template <transpose_spec Spec, tensor_type Result>
    requires(Spec.x.storage == storage{} && Result.storage == storage{} && Result.shape.count() > 0)
struct kernel<Spec, Result> {
    template <class T>
    static void run(std::span<const T> x, std::span<T> y) noexcept
    {
        detail::planned_copy<detail::plan_of(Spec)>::run(x.data(), y.data());
    }
};

}  // namespace cameo::inline CAMEO_TARGET
