// Expand: axes of one element repeated to a constant shape.
#pragma once
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/strided_copy.hpp>

namespace cameo::inline CAMEO_TARGET {

struct expand_attributes {
    shape to{};  ///< broadcast together with the input's shape: 1 keeps an extent of the input
    static constexpr void each(auto visit) { visit("to", &expand_attributes::to); }
};

/// ONNX Expand, opsets 8, 13, with a constant shape.
struct expand_spec : expand_attributes {
    using attributes = expand_attributes;
    static constexpr bool moves_bits = true;
    tensor_type x{};

    template <class T>
    using signature = T(T);
    using parameters = type_list<any_elements>;
};

enum class expand_problem { none, input_and_shape_do_not_broadcast_together, result_is_too_large };

constexpr tensor_type result(const expand_spec& s) { return {s.x.element, broadcast(s.x.shape, s.to)}; }

constexpr expand_problem check(const expand_spec& s)
{
    using enum expand_problem;
    if (broadcast(s.x.shape, s.to).rank < 0) {
        return input_and_shape_do_not_broadcast_together;
    }
    return countable(result(s).shape) ? none : result_is_too_large;
}

template <class T>
constexpr void evaluate(const expand_spec& s, std::span<const T> x, std::span<T> y)
{
    const shape out = result(s).shape;
    strided_copy(out, x, {0, broadcast_strides(s.x.shape, out)}, y, {0, strides_of(out)});
}

constexpr axis_flow flow_of(const expand_spec& s, int, const axis_part& part)
{
    return broadcast_flow(s.x, result(s), part);
}

constexpr expand_attributes attributes_for_part(const expand_spec& s, int axis, dim, dim)
{
    expand_attributes a = s;
    if (const int own = axis - (result(s).shape.rank - a.to.rank); own >= 0) {
        a.to[own] = 1;
    }
    return a;
}

template <auto Result, class Operands, expand_attributes Attributes = expand_attributes{}, class Secondary = into<>>
using expand = layer<expand_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
