// ReduceSum, ReduceMean, ReduceMax and the other reductions over a set of axes.
#pragma once
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/reduction.hpp>

namespace cameo::inline CAMEO_TARGET {

struct reduce_attributes {
    cameo::reduction reduction = reduction::sum;
    shape axes{};  ///< those reduced, ascending; none reduces each element by itself
    bool keepdims = true;
    static constexpr void each(auto visit)
    {
        visit("reduction", &reduce_attributes::reduction);
        visit("axes", &reduce_attributes::axes);
        visit("keepdims", &reduce_attributes::keepdims);
    }
};

/// ONNX ReduceSum, ReduceMean, ReduceMax, ReduceMin, ReduceProd, ReduceL1, ReduceL2, ReduceLogSum, ReduceLogSumExp and
/// ReduceSumSquare, opsets 1, 11, 12, 13, 18, 20, 28. Max and min take every element type, the logarithms floating
/// ones, the others all but those of one byte.
struct reduce_spec : reduce_attributes {
    using attributes = reduce_attributes;
    tensor_type x{};

    constexpr bool reduces(int axis) const
    {
        for (int i = 0; i < axes.rank; ++i) {
            if (axes[i] == axis) {
                return true;
            }
        }
        return false;
    }
    /// Returns the input's shape with 1 for the axes that are reduced, which is the result's with keepdims.
    constexpr shape kept() const { return extents_where(false); }
    /// Returns the input's shape with 1 for the axes that are kept, which is that of one set of elements.
    constexpr shape reduced() const { return extents_where(true); }

    template <class T>
    using signature = T(T);
    using parameters = type_list<arithmetic_elements>;

private:
    constexpr shape extents_where(bool is_reduced) const
    {
        shape result = x.shape;
        for (int axis = 0; axis < result.rank; ++axis) {
            if (reduces(axis) != is_reduced) {
                result[axis] = 1;
            }
        }
        return result;
    }
};

enum class reduce_problem {
    none,
    axes_must_be_ascending_and_in_range,
    element_type_is_not_one_that_this_reduction_takes
};

constexpr tensor_type result(const reduce_spec& s)
{
    if (s.keepdims) {
        return {s.x.element, s.kept()};
    }
    shape y;
    for (int axis = 0; axis < s.x.shape.rank; ++axis) {
        if (!s.reduces(axis)) {
            y.append(s.x.shape[axis]);
        }
    }
    return {s.x.element, y};
}

constexpr reduce_problem check(const reduce_spec& s)
{
    using enum reduce_problem;
    for (int i = 0; i < s.axes.rank; ++i) {
        if (s.axes[i] < (i ? s.axes[i - 1] + 1 : 0) || s.axes[i] >= s.x.shape.rank) {
            return axes_must_be_ascending_and_in_range;
        }
    }
    return takes(s.reduction, s.x.element) ? none : element_type_is_not_one_that_this_reduction_takes;
}

/// The definition: each element of the result is the reduction of those that agree with it on the axes that are kept.
template <class T>
constexpr void evaluate(const reduce_spec& s, std::span<const T> x, std::span<T> y)
{
    const shape kept = s.kept(), reduced = s.reduced();
    const per_axis strides = strides_of(s.x.shape);
    per_axis at{};
    for (T& value : y) {
        const dim first = dot(at, strides, kept.rank);
        value = detail::reduce_set<T>(s.reduction, reduced.count(), [&](auto visit) {
            per_axis within{};
            do {
                visit(x[index(first + dot(within, strides, reduced.rank))]);
            } while (advance(within, reduced));
        });
        advance(at, kept);
    }
}

constexpr axis_flow flow_of(const reduce_spec& s, int, const axis_part& part)
{
    if (s.reduces(part.axis)) {
        return mixed("sums up");
    }
    int axis = part.axis;
    for (int before = 0; before < part.axis && !s.keepdims; ++before) {
        axis -= s.reduces(before) ? 1 : 0;
    }
    return preserved(part, axis);
}

template <auto Result, class Operands, reduce_attributes Attributes = reduce_attributes{}, class Secondary = into<>>
using reduce = layer<reduce_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
