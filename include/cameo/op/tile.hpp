// Tile: a tensor repeated along each axis.
#pragma once
#include <cameo/op/strided_copy.hpp>

namespace cameo::inline CAMEO_TARGET {

struct tile_attributes {
    shape repeats{};  ///< one number per axis
    static constexpr void each(auto visit) { visit("repeats", &tile_attributes::repeats); }
};

/// ONNX Tile, opsets 6, 13, with constant repeats.
struct tile_spec : tile_attributes {
    using attributes = tile_attributes;
    static constexpr bool moves_bits = true;
    tensor_type x{};

    template <class T>
    using signature = T(T);
    using parameters = type_list<any_elements>;
};

enum class tile_problem { none, repeats_need_one_number_per_axis, repeats_are_negative_or_too_large };

constexpr tile_problem check(const tile_spec& s)
{
    using enum tile_problem;
    if (s.repeats.rank != s.x.shape.rank) {
        return repeats_need_one_number_per_axis;
    }
    // Both factors within max_count: their product could still overflow.
    for (int axis = 0; axis < s.repeats.rank; ++axis) {
        if (!countable({s.x.shape[axis], s.repeats[axis]})) {
            return repeats_are_negative_or_too_large;
        }
    }
    return countable(s.repeats) ? none : repeats_are_negative_or_too_large;
}

constexpr tensor_type result(const tile_spec& s)
{
    tensor_type y = s.x.plain();
    for (int axis = 0; axis < y.shape.rank; ++axis) {
        y.shape[axis] *= s.repeats[axis];
    }
    return y;
}

template <class T>
constexpr void evaluate(const tile_spec& s, std::span<const T> x, std::span<T> y)
{
    if (y.empty()) {
        return;
    }
    const per_axis dense = strides_of(s.x.shape), strides = strides_of(result(s).shape);
    per_axis tile_strides{}, tile{};
    for (int axis = 0; axis < s.x.shape.rank; ++axis) {
        tile_strides[index(axis)] = s.x.shape[axis] * strides[index(axis)];
    }
    do {
        strided_copy(s.x.shape, x, {0, dense}, y, {dot(tile, tile_strides, s.repeats.rank), strides});
    } while (advance(tile, s.repeats));
}

template <auto Result, class Operands, tile_attributes Attributes = tile_attributes{}, class Secondary = into<>>
using tile = layer<tile_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
