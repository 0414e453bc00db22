// GatherElements: single elements along one axis, each chosen by an index of its own.
#pragma once
#include <cameo/op/indices.hpp>

namespace cameo::inline CAMEO_TARGET {

struct gather_elements_attributes {
    int axis = 0;
    static constexpr void each(auto visit) { visit("axis", &gather_elements_attributes::axis); }
};

/// ONNX GatherElements, opsets 11, 13: one element for each index. An index out of range takes the nearest element.
struct gather_elements_spec : gather_elements_attributes {
    using attributes = gather_elements_attributes;
    static constexpr bool moves_bits = true;
    tensor_type x{};
    tensor_type indices{};  ///< of the input's rank

    template <class T, class I>
    using signature = T(T, I);
    using parameters = type_list<any_elements, index_elements>;
};

enum class gather_elements_problem {
    none,
    indices_are_missing,
    axis_is_out_of_range,
    indices_must_have_the_rank_of_the_input,
    indices_reach_beyond_the_input,
    axis_has_no_elements_to_gather,
};

constexpr gather_elements_problem check(const gather_elements_spec& s)
{
    using enum gather_elements_problem;
    const shape &x = s.x.shape, &indices = s.indices.shape;
    if (!s.indices.present()) {
        return indices_are_missing;
    }
    if (s.axis < 0 || s.axis >= x.rank) {
        return axis_is_out_of_range;
    }
    if (indices.rank != x.rank) {
        return indices_must_have_the_rank_of_the_input;
    }
    for (int axis = 0; axis < x.rank; ++axis) {
        if (axis != s.axis && indices[axis] > x[axis]) {
            return indices_reach_beyond_the_input;
        }
    }
    return x[s.axis] == 0 && indices.count() > 0 ? axis_has_no_elements_to_gather : none;
}

constexpr tensor_type result(const gather_elements_spec& s) { return {s.x.element, s.indices.shape}; }

/// The definition: y[p] = x[p with indices[p] along the axis].
template <class T, class I>
constexpr void evaluate(const gather_elements_spec& s, std::span<const T> x, std::span<const I> indices, std::span<T> y)
{
    const indexed_axis place(s.x.shape, s.axis);
    per_axis at{};
    for (std::size_t to = 0; to < y.size(); ++to) {
        y[to] = x[index(place(at, nearest_index(indices[to], s.x.shape[s.axis])))];
        advance(at, s.indices.shape);
    }
}

template <auto Result, class Operands, gather_elements_attributes Attributes = gather_elements_attributes{},
    class Secondary = into<>>
using gather_elements = layer<gather_elements_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
