// Slice: a range of positions along each axis, with any step.
#pragma once
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/strided_copy.hpp>

namespace cameo::inline CAMEO_TARGET {

/// One number per axis. ONNX's starts and ends with negative ones counted from the start, clamped to the axis; an axis
/// that is read backwards may end at -1, before the first element.
struct slice_attributes {
    shape starts{};
    shape ends{};
    shape steps{};  ///< empty: 1 along every axis
    static constexpr void each(auto visit)
    {
        visit("starts", &slice_attributes::starts);
        visit("ends", &slice_attributes::ends);
        visit("steps", &slice_attributes::steps);
    }
    constexpr dim step(int axis) const { return axis < steps.rank ? steps[axis] : 1; }
    /// Returns how many elements are taken along an axis: from its start in steps, as far as they lie before its end.
    constexpr dim extent(int axis) const
    {
        const dim distance = step(axis) > 0 ? ends[axis] - starts[axis] : starts[axis] - ends[axis];
        const dim length = step(axis) > 0 ? step(axis) : -step(axis);
        return distance > 0 ? (distance - 1) / length + 1 : 0;
    }
};

/// ONNX Slice, opsets 1, 10, 11, 13, with constant bounds. Split is one slice per output.
struct slice_spec : slice_attributes {
    using attributes = slice_attributes;
    static constexpr bool moves_bits = true;
    static constexpr bool selects_elements = true;
    tensor_type x{};

    template <class T>
    using signature = T(T);
    using parameters = type_list<any_elements>;
};

enum class slice_problem {
    none,
    starts_and_ends_need_one_number_per_axis,
    steps_must_be_empty_or_have_one_number_per_axis,
    step_must_not_be_zero_or_longer_than_the_axis,
    starts_or_ends_are_not_clamped_to_the_axis,
};

constexpr slice_problem check(const slice_spec& s)
{
    using enum slice_problem;
    const int rank = s.x.shape.rank;
    if (s.starts.rank != rank || s.ends.rank != rank) {
        return starts_and_ends_need_one_number_per_axis;
    }
    if (s.steps.rank != 0 && s.steps.rank != rank) {
        return steps_must_be_empty_or_have_one_number_per_axis;
    }
    for (int axis = 0; axis < rank; ++axis) {
        const dim extent = s.x.shape[axis], step = s.step(axis), longest = extent > 1 ? extent : 1;
        if (step == 0 || step > longest || step < -longest) {
            return step_must_not_be_zero_or_longer_than_the_axis;
        }
        const dim lowest = step > 0 ? 0 : -1, highest = lowest + extent;
        const auto clamped = [&](dim bound) { return lowest <= bound && bound <= highest; };
        if (!clamped(s.starts[axis]) || !clamped(s.ends[axis])) {
            return starts_or_ends_are_not_clamped_to_the_axis;
        }
    }
    return none;
}

constexpr tensor_type result(const slice_spec& s)
{
    tensor_type y = s.x.plain();
    for (int axis = 0; axis < y.shape.rank; ++axis) {
        y.shape[axis] = s.extent(axis);
    }
    return y;
}

template <class T>
constexpr void evaluate(const slice_spec& s, std::span<const T> x, std::span<T> y)
{
    const shape out = result(s).shape;
    const per_axis dense = strides_of(s.x.shape);
    strided_layout from{dot(s.starts.extent, dense, out.rank), {}};
    for (int axis = 0; axis < out.rank; ++axis) {
        from.strides[index(axis)] = dense[index(axis)] * s.step(axis);
    }
    strided_copy(out, x, from, y, {0, strides_of(out)});
}

/// A window of one element, which begins where the slice does.
constexpr axis_flow flow_of(const slice_spec& s, int, const axis_part& part)
{
    const int axis = part.axis;
    const dim extent = s.x.shape[axis], taken = s.extent(axis);
    if (taken == extent && s.starts[axis] == 0 && s.step(axis) == 1) {
        return preserved(part, axis);
    }
    axis_flow to = preserved(part, axis);
    to.flow = flow::windowed;
    to.stride = taken == 1 ? 1 : s.step(axis);
    to.pad_begin = -s.starts[axis];
    to.pad_end = s.starts[axis] + taken - extent;
    return to;
}

constexpr slice_attributes attributes_for_part(const slice_spec& s, int axis, dim start, dim extent)
{
    slice_attributes a = s;
    a.starts[axis] = start;
    a.ends[axis] = start + extent;
    if (a.steps.rank > 0) {
        a.steps[axis] = 1;
    }
    return a;
}

template <auto Result, class Operands, slice_attributes Attributes = slice_attributes{}, class Secondary = into<>>
using slice = layer<slice_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
