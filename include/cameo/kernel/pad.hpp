// The fast path of Pad with a constant: fills the result, then copies the input into it.
#pragma once
#include <cameo/kernel/strided_copy.hpp>
#include <cameo/op/pad.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// What of the input stays, and where it begins in input and result.
struct kept_box {
    shape extents{};
    dim from = 0, to = 0;
};

constexpr kept_box box_of(const pad_spec& s)
{
    kept_box box{s.x.shape};
    const per_axis from = strides_of(s.x.shape), to = strides_of(result(s).shape);
    for (int axis = 0; axis < s.x.shape.rank; ++axis) {
        const dim first = std::max<dim>(s.begin[axis], 0);
        box.extents[axis] = std::min(s.kept(axis), result(s).shape[axis] - first);
        box.from += s.removed(axis) * from[index(axis)];
        box.to += first * to[index(axis)];
    }
    return box;
}

}  // namespace detail

template <pad_spec Spec, tensor_type Result>
    requires(Spec.mode == pad_mode::constant && Spec.x.storage == storage{} && Result.storage == storage{} &&
             detail::box_of(Spec).extents.count() > 0)
struct kernel<Spec, Result> {
    template <class T>
    static void run(std::span<const T> x, optional_span<T> value, std::span<T> y) noexcept
    {
        constexpr detail::kept_box box = detail::box_of(Spec);
        constexpr detail::copy_plan plan =
            detail::plan_copy(box.extents, strides_of(Spec.x.shape), strides_of(Result.shape));
        std::fill(y.begin(), y.end(), value.empty() ? T(0) : value[0]);
        detail::planned_copy<plan>::run(x.data() + box.from, y.data() + box.to);
    }
};

}  // namespace cameo::inline CAMEO_TARGET
