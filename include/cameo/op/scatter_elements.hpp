// ScatterElements and Scatter: single elements replaced or reduced at indices along one axis.
#pragma once
#include <cameo/op/scatter_reduction.hpp>

namespace cameo::inline CAMEO_TARGET {

struct scatter_elements_attributes {
    int axis = 0;
    scatter_reduction reduction = scatter_reduction::none;
    static constexpr void each(auto visit)
    {
        visit("axis", &scatter_elements_attributes::axis);
        visit("reduction", &scatter_elements_attributes::reduction);
    }
};

/// ONNX ScatterElements, opsets 11, 13, 16, 18, and Scatter, opset 9. An update whose index is out of range is dropped.
struct scatter_elements_spec : scatter_elements_attributes {
    using attributes = scatter_elements_attributes;
    tensor_type x{};
    tensor_type indices{};  ///< of the input's rank
    tensor_type updates{};  ///< of the indices' shape

    template <class T, class I>
    using signature = T(T, I, T);
    using parameters = type_list<arithmetic_elements, index_elements>;
};

enum class scatter_elements_problem {
    none,
    an_operand_is_missing,
    axis_is_out_of_range,
    indices_must_have_the_rank_of_the_input,
    updates_must_have_the_shape_of_the_indices,
    indices_reach_beyond_the_input,
};

constexpr scatter_elements_problem check(const scatter_elements_spec& s)
{
    using enum scatter_elements_problem;
    const shape &x = s.x.shape, &indices = s.indices.shape;
    if (!s.x.present() || !s.indices.present() || !s.updates.present()) {
        return an_operand_is_missing;
    }
    if (s.axis < 0 || s.axis >= x.rank) {
        return axis_is_out_of_range;
    }
    if (indices.rank != x.rank) {
        return indices_must_have_the_rank_of_the_input;
    }
    if (s.updates.shape != indices) {
        return updates_must_have_the_shape_of_the_indices;
    }
    for (int axis = 0; axis < x.rank; ++axis) {
        if (axis != s.axis && indices[axis] > x[axis]) {
            return indices_reach_beyond_the_input;
        }
    }
    return none;
}

constexpr tensor_type result(const scatter_elements_spec& s) { return s.x.plain(); }

/// The definition: y = x; then, update by update, y[p with indices[p] along the axis] = updates[p], or the two reduced.
template <class T, class I>
constexpr void evaluate(const scatter_elements_spec& s, std::span<const T> x, std::span<const I> indices,
    std::span<const T> updates, std::span<T> y)
{
    for (std::size_t i = 0; i < y.size(); ++i) {
        y[i] = x[i];
    }
    const indexed_axis place(s.x.shape, s.axis);
    per_axis at{};
    for (std::size_t i = 0; i < updates.size(); ++i) {
        if (const dim along = index_or_none(indices[i], s.x.shape[s.axis]); along >= 0) {
            T& target = y[index(place(at, along))];
            target = combine(s.reduction, target, updates[i]);
        }
        advance(at, s.indices.shape);
    }
}

template <auto Result, class Operands, scatter_elements_attributes Attributes = scatter_elements_attributes{},
    class Secondary = into<>>
using scatter_elements = layer<scatter_elements_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
