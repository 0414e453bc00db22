// Gather: slices along one axis, chosen by indices that are data; an embedding lookup, for instance.
#pragma once
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/indices.hpp>

namespace cameo::inline CAMEO_TARGET {

struct gather_attributes {
    int axis = 0;
    static constexpr void each(auto visit) { visit("axis", &gather_attributes::axis); }
};

/// ONNX Gather, opsets 1, 11, 13: whole slices of the input along an axis. An index out of range takes the nearest
/// slice.
struct gather_spec : gather_attributes {
    using attributes = gather_attributes;
    static constexpr bool moves_bits = true;
    tensor_type x{};
    tensor_type indices{};  ///< of any shape

    template <class T, class I>
    using signature = T(T, I);
    using parameters = type_list<any_elements, index_elements>;
};

enum class gather_problem {
    none,
    indices_are_missing,
    axis_is_out_of_range,
    result_has_too_many_axes,
    axis_has_no_elements_to_gather,
    result_is_too_large
};

/// The input's shape with the indices' shape in place of the axis.
constexpr tensor_type result(const gather_spec& s)
{
    tensor_type y{s.x.element};
    for (int axis = 0; axis < s.axis; ++axis) {
        y.shape.append(s.x.shape[axis]);
    }
    for (int axis = 0; axis < s.indices.shape.rank; ++axis) {
        y.shape.append(s.indices.shape[axis]);
    }
    for (int axis = s.axis + 1; axis < s.x.shape.rank; ++axis) {
        y.shape.append(s.x.shape[axis]);
    }
    return y;
}

constexpr gather_problem check(const gather_spec& s)
{
    using enum gather_problem;
    if (!s.indices.present()) {
        return indices_are_missing;
    }
    if (s.axis < 0 || s.axis >= s.x.shape.rank) {
        return axis_is_out_of_range;
    }
    if (s.x.shape.rank - 1 + s.indices.shape.rank > max_rank) {
        return result_has_too_many_axes;
    }
    if (s.x.shape[s.axis] == 0 && s.indices.shape.count() > 0) {
        return axis_has_no_elements_to_gather;
    }
    return countable(result(s).shape) ? none : result_is_too_large;
}

/// The definition: y[o, i, k] = x[o, indices[i], k], where o, i and k run over the axes before the axis, of the
/// indices, and after it.
template <class T, class I>
constexpr void evaluate(const gather_spec& s, std::span<const T> x, std::span<const I> indices, std::span<T> y)
{
    const dim outer = s.x.shape.count(0, s.axis), extent = s.x.shape[s.axis],
              inner = s.x.shape.count(s.axis + 1, s.x.shape.rank);
    std::size_t to = 0;
    for (dim o = 0; o < outer; ++o) {
        for (const I i : indices) {
            const dim from = (o * extent + nearest_index(i, extent)) * inner;
            for (dim k = 0; k < inner; ++k) {
                y[to++] = x[index(from + k)];
            }
        }
    }
}

constexpr axis_flow flow_of(const gather_spec& s, int operand, const axis_part& part)
{
    if (operand == 1) {
        return preserved(part, s.axis + part.axis);
    }
    if (part.axis == s.axis) {
        return mixed("picks elements along");
    }
    return preserved(part, part.axis < s.axis ? part.axis : part.axis + s.indices.shape.rank - 1);
}

template <auto Result, class Operands, gather_attributes Attributes = gather_attributes{}, class Secondary = into<>>
using gather = layer<gather_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
