// GatherND: slices named by tuples of indices.
#pragma once
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/indices.hpp>

namespace cameo::inline CAMEO_TARGET {

struct gather_nd_attributes {
    int batch_dims = 0;  ///< leading axes that input and indices share
    static constexpr void each(auto visit) { visit("batch_dims", &gather_nd_attributes::batch_dims); }
};

/// ONNX GatherND, opsets 11, 12, 13: the slices that tuples of indices name. An index out of range takes the nearest
/// slice.
struct gather_nd_spec : gather_nd_attributes {
    using attributes = gather_nd_attributes;
    static constexpr bool moves_bits = true;
    tensor_type x{};
    tensor_type indices{};  ///< tuples along the last axis

    /// Returns the number of indices in a tuple.
    constexpr int tuple() const { return static_cast<int>(indices.shape[indices.shape.rank - 1]); }
    /// Returns the first axis of the input that tuples leave whole.
    constexpr int first_whole_axis() const { return batch_dims + tuple(); }

    template <class T>
    using signature = T(T, std::int64_t);
    using parameters = type_list<any_elements>;
};

enum class gather_nd_problem {
    none,
    input_and_indices_must_have_an_axis,
    batch_dims_must_be_less_than_the_ranks_of_input_and_indices,
    batch_axes_of_input_and_indices_must_be_equal,
    last_axis_of_the_indices_must_name_at_least_one_axis_and_none_twice,
    result_has_too_many_axes,
    an_axis_has_no_elements_to_gather,
    result_is_too_large,
};

/// The indices' shape without its last axis, then the axes of the input that tuples leave whole.
constexpr tensor_type result(const gather_nd_spec& s)
{
    tensor_type y{s.x.element};
    for (int axis = 0; axis < s.indices.shape.rank - 1; ++axis) {
        y.shape.append(s.indices.shape[axis]);
    }
    for (int axis = s.first_whole_axis(); axis < s.x.shape.rank; ++axis) {
        y.shape.append(s.x.shape[axis]);
    }
    return y;
}

constexpr gather_nd_problem check(const gather_nd_spec& s)
{
    using enum gather_nd_problem;
    const shape &x = s.x.shape, &indices = s.indices.shape;
    if (x.rank == 0 || indices.rank == 0) {
        return input_and_indices_must_have_an_axis;
    }
    if (s.batch_dims < 0 || s.batch_dims >= x.rank || s.batch_dims >= indices.rank) {
        return batch_dims_must_be_less_than_the_ranks_of_input_and_indices;
    }
    for (int axis = 0; axis < s.batch_dims; ++axis) {
        if (x[axis] != indices[axis]) {
            return batch_axes_of_input_and_indices_must_be_equal;
        }
    }
    const dim tuple = indices[indices.rank - 1];
    if (tuple < 1 || tuple > x.rank - s.batch_dims) {
        return last_axis_of_the_indices_must_name_at_least_one_axis_and_none_twice;
    }
    if (indices.rank - 1 + x.rank - s.first_whole_axis() > max_rank) {
        return result_has_too_many_axes;
    }
    if (x.count(s.batch_dims, s.first_whole_axis()) == 0 && indices.count() > 0) {
        return an_axis_has_no_elements_to_gather;
    }
    return countable(result(s).shape) ? none : result_is_too_large;
}

/// The definition: y[b, i, k] = x[b, indices[b, i, …], k], where b runs over the batch axes and k over those that
/// tuples leave whole.
template <class T>
constexpr void evaluate(
    const gather_nd_spec& s, std::span<const T> x, std::span<const std::int64_t> indices, std::span<T> y)
{
    const shape &from = s.x.shape, &of_indices = s.indices.shape;
    const dim batch = from.count(0, s.batch_dims), tuples = of_indices.count(s.batch_dims, of_indices.rank - 1),
              inner = from.count(s.first_whole_axis(), from.rank);
    std::size_t next = 0, to = 0;
    for (dim b = 0; b < batch; ++b) {
        for (dim i = 0; i < tuples; ++i) {
            dim slice = b;
            for (int axis = s.batch_dims; axis < s.first_whole_axis(); ++axis) {
                slice = slice * from[axis] + nearest_index(indices[next++], from[axis]);
            }
            for (dim k = 0; k < inner; ++k) {
                y[to++] = x[index(slice * inner + k)];
            }
        }
    }
}

/// Tuples that stand side by side are looked up each by itself.
constexpr axis_flow flow_of(const gather_nd_spec& s, int operand, const axis_part& part)
{
    const bool is_tuple = part.axis == s.indices.shape.rank - 1;
    return operand == 0 || is_tuple ? mixed("picks elements along") : preserved(part, part.axis);
}

template <auto Result, class Operands, gather_nd_attributes Attributes = gather_nd_attributes{},
    class Secondary = into<>>
using gather_nd = layer<gather_nd_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
