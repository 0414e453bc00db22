// Transpose: axes permuted.
#pragma once
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/strided_copy.hpp>

namespace cameo::inline CAMEO_TARGET {

struct transpose_attributes {
    shape permutation{};  ///< axis a of the result is axis permutation[a] of the input
    static constexpr void each(auto visit) { visit("permutation", &transpose_attributes::permutation); }
};

/// ONNX Transpose, opsets 1, 13, 21, 23 to 25. DepthToSpace and SpaceToDepth are transposes between two reshapes.
struct transpose_spec : transpose_attributes {
    using attributes = transpose_attributes;
    static constexpr bool moves_bits = true;
    static constexpr bool selects_elements = true;
    tensor_type x{};

    template <class T>
    using signature = T(T);
    using parameters = type_list<any_elements>;
};

enum class transpose_problem { none, permutation_must_name_every_axis_once };

constexpr transpose_problem check(const transpose_spec& s)
{
    using enum transpose_problem;
    if (s.permutation.rank != s.x.shape.rank) {
        return permutation_must_name_every_axis_once;
    }
    for (int axis = 0; axis < s.permutation.rank; ++axis) {
        if (s.permutation[axis] < 0 || s.permutation[axis] >= s.x.shape.rank) {
            return permutation_must_name_every_axis_once;
        }
        for (int before = 0; before < axis; ++before) {
            if (s.permutation[before] == s.permutation[axis]) {
                return permutation_must_name_every_axis_once;
            }
        }
    }
    return none;
}

constexpr tensor_type result(const transpose_spec& s)
{
    tensor_type y = s.x.plain();
    for (int axis = 0; axis < y.shape.rank; ++axis) {
        y.shape[axis] = s.x.shape.extent[index(s.permutation[axis])];
    }
    return y;
}

template <class T>
constexpr void evaluate(const transpose_spec& s, std::span<const T> x, std::span<T> y)
{
    const shape out = result(s).shape;
    const per_axis dense = strides_of(s.x.shape);
    strided_layout from;
    for (int axis = 0; axis < out.rank; ++axis) {
        from.strides[index(axis)] = dense[index(s.permutation[axis])];
    }
    strided_copy(out, x, from, y, {0, strides_of(out)});
}

constexpr axis_flow flow_of(const transpose_spec& s, int, const axis_part& part)
{
    int axis = 0;
    while (s.permutation[axis] != part.axis) {
        ++axis;
    }
    return preserved(part, axis);
}

template <auto Result, class Operands, transpose_attributes Attributes = transpose_attributes{},
    class Secondary = into<>>
using transpose = layer<transpose_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
