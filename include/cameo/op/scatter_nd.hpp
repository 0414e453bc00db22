// ScatterND: slices replaced or reduced where tuples of indices point.
#pragma once
#include <cameo/op/scatter_reduction.hpp>

namespace cameo::inline CAMEO_TARGET {

struct scatter_nd_attributes {
    scatter_reduction reduction = scatter_reduction::none;
    static constexpr void each(auto visit) { visit("reduction", &scatter_nd_attributes::reduction); }
};

/// ONNX ScatterND, opsets 11, 13, 16, 18: updates for the slices that tuples of indices name. One whose index is out of
/// range is dropped.
struct scatter_nd_spec : scatter_nd_attributes {
    using attributes = scatter_nd_attributes;
    tensor_type x{};
    tensor_type indices{};  ///< tuples along the last axis
    tensor_type updates{};  ///< a slice of the input for each tuple

    /// Returns the number of indices in a tuple, which names a slice by its place along the first axes of the input.
    constexpr int tuple() const { return static_cast<int>(indices.shape[indices.shape.rank - 1]); }

    template <class T>
    using signature = T(T, std::int64_t, T);
    using parameters = type_list<arithmetic_elements>;
};

enum class scatter_nd_problem {
    none,
    an_operand_is_missing,
    input_and_indices_must_have_an_axis,
    last_axis_of_the_indices_must_name_at_least_one_axis_and_none_twice,
    updates_must_be_a_slice_of_the_input_for_each_tuple,
};

constexpr scatter_nd_problem check(const scatter_nd_spec& s)
{
    using enum scatter_nd_problem;
    const shape &x = s.x.shape, &indices = s.indices.shape, &updates = s.updates.shape;
    if (!s.x.present() || !s.indices.present() || !s.updates.present()) {
        return an_operand_is_missing;
    }
    if (x.rank == 0 || indices.rank == 0) {
        return input_and_indices_must_have_an_axis;
    }
    const dim tuple = indices[indices.rank - 1];
    if (tuple < 1 || tuple > x.rank) {
        return last_axis_of_the_indices_must_name_at_least_one_axis_and_none_twice;
    }
    const int of_tuples = indices.rank - 1, whole = x.rank - s.tuple();
    if (updates.rank != of_tuples + whole) {
        return updates_must_be_a_slice_of_the_input_for_each_tuple;
    }
    for (int axis = 0; axis < updates.rank; ++axis) {
        if (updates[axis] != (axis < of_tuples ? indices[axis] : x[axis - of_tuples + s.tuple()])) {
            return updates_must_be_a_slice_of_the_input_for_each_tuple;
        }
    }
    return none;
}

constexpr tensor_type result(const scatter_nd_spec& s) { return s.x.plain(); }

/// The definition: y = x; then, tuple by tuple, y[indices[i, …], k] = updates[i, k], or the two reduced.
template <class T>
constexpr void evaluate(const scatter_nd_spec& s, std::span<const T> x, std::span<const std::int64_t> indices,
    std::span<const T> updates, std::span<T> y)
{
    for (std::size_t i = 0; i < y.size(); ++i) {
        y[i] = x[i];
    }
    const dim tuples = s.indices.shape.count(0, s.indices.shape.rank - 1),
              inner = s.x.shape.count(s.tuple(), s.x.shape.rank);
    std::size_t next = 0;
    for (dim i = 0; i < tuples; ++i) {
        dim slice = 0;
        bool inside = true;
        for (int axis = 0; axis < s.tuple(); ++axis) {
            const dim along = index_or_none(indices[next++], s.x.shape[axis]);
            inside = inside && along >= 0;
            if (inside) {
                slice = slice * s.x.shape[axis] + along;
            }
        }
        for (dim k = 0; inside && k < inner; ++k) {
            T& target = y[index(slice * inner + k)];
            target = combine(s.reduction, target, updates[index(i * inner + k)]);
        }
    }
}

template <auto Result, class Operands, scatter_nd_attributes Attributes = scatter_nd_attributes{},
    class Secondary = into<>>
using scatter_nd = layer<scatter_nd_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
