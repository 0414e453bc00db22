// OneHot: a new axis on which the position that an index names is marked.
#pragma once
#include <cameo/op/indices.hpp>

namespace cameo::inline CAMEO_TARGET {

struct one_hot_attributes {
    int axis = 0;  ///< of the result
    dim depth = 0;
    static constexpr void each(auto visit)
    {
        visit("axis", &one_hot_attributes::axis);
        visit("depth", &one_hot_attributes::depth);
    }
};

/// ONNX OneHot, opsets 9, 11, 28, with a constant depth. An index out of range marks nothing, as ONNX says.
struct one_hot_spec : one_hot_attributes {
    using attributes = one_hot_attributes;
    static constexpr bool moves_bits = true;
    tensor_type indices{};
    tensor_type values{};  ///< off, on

    template <class T, class I>
    using signature = T(I, T);
    using parameters = type_list<any_elements, index_elements>;
};

enum class one_hot_problem {
    none,
    values_must_be_a_pair,
    axis_is_out_of_range,
    result_has_too_many_axes,
    depth_is_negative_or_too_large
};

/// The indices' shape with an axis of extent `depth` inserted.
constexpr tensor_type result(const one_hot_spec& s)
{
    tensor_type y{s.values.element};
    for (int axis = 0; axis <= s.indices.shape.rank; ++axis) {
        y.shape.append(axis < s.axis ? s.indices.shape[axis] : axis == s.axis ? s.depth : s.indices.shape[axis - 1]);
    }
    return y;
}

constexpr one_hot_problem check(const one_hot_spec& s)
{
    using enum one_hot_problem;
    if (s.values.shape != shape{2}) {
        return values_must_be_a_pair;
    }
    if (s.axis < 0 || s.axis > s.indices.shape.rank) {
        return axis_is_out_of_range;
    }
    if (s.indices.shape.rank == max_rank) {
        return result_has_too_many_axes;
    }
    return countable(result(s).shape) ? none : depth_is_negative_or_too_large;
}

/// The definition: y[o, d, k] = on where indices[o, k] is d, off elsewhere.
template <class I, class T>
constexpr void evaluate(const one_hot_spec& s, std::span<const I> indices, std::span<const T> values, std::span<T> y)
{
    const dim outer = s.indices.shape.count(0, s.axis), inner = s.indices.shape.count(s.axis, s.indices.shape.rank);
    std::size_t to = 0;
    for (dim o = 0; o < outer; ++o) {
        for (dim d = 0; d < s.depth; ++d) {
            for (dim k = 0; k < inner; ++k) {
                y[to++] = values[from_start(indices[index(o * inner + k)], s.depth) == d ? 1 : 0];
            }
        }
    }
}

template <auto Result, class Operands, one_hot_attributes Attributes = one_hot_attributes{}, class Secondary = into<>>
using one_hot = layer<one_hot_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
