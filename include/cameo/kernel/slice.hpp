// The fast paths of Slice: of blocked values from a whole block of channels on, and of plain values.
#pragma once
#include <cameo/kernel/blocked_copy.hpp>
#include <cameo/kernel/padding.hpp>
#include <cameo/kernel/slice_layout.hpp>
#include <cameo/kernel/strided_copy.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

constexpr copy_plan plan_of(const slice_spec& s)
{
    const shape out = result(s).shape;
    const per_axis dense = strides_of(s.x.shape);
    per_axis from{};
    for (int axis = 0; axis < out.rank; ++axis) {
        from[index(axis)] = dense[index(axis)] * s.step(axis);
    }
    return plan_copy(out, from, strides_of(out));
}

}  // namespace detail

template <slice_spec Spec, tensor_type Result>
    requires(takes_blocks(Spec) && is_blocked(Spec.x) && is_blocked(Result))
struct kernel<Spec, Result> {
    static constexpr slice_spec spec = Spec;
    static constexpr tensor_type result = Result;
    static constexpr std::size_t lies_within = lies_in(Spec, Result).within;

    template <class T>
    static void run(std::span<const T> x, std::span<T> y) noexcept
    {
        detail::copy_box<Spec.x, Result>(result.shape, x.data(), spec.starts.extent, y.data(), {});
        if constexpr (spec.ends[1] != spec.x.shape[1]) {
            detail::clear_padding<Result>(y.data());
        }
    }
};

template <slice_spec Spec, tensor_type Result>
    requires(Spec.x.storage == storage{} && Result.storage == storage{} && Result.shape.count() > 0)
struct kernel<Spec, Result> {
    static constexpr std::size_t lies_within = lies_in(Spec, Result).within;

    template <class T>
    static void run(std::span<const T> x, std::span<T> y) noexcept
    {
        constexpr detail::copy_plan plan = detail::plan_of(Spec);
        constexpr dim first = dot(Spec.starts.extent, strides_of(Spec.x.shape), Result.shape.rank);
        detail::planned_copy<plan>::run(x.data() + first, y.data());
    }
};

}  // namespace cameo::inline CAMEO_TARGET
