// QuantizeLinear: floats become integers, rounded x / scale plus zero point, saturated.
#pragma once
#include <cameo/core/floats.hpp>
#include <cameo/op/quantization.hpp>

namespace cameo::inline CAMEO_TARGET {

struct quantize_linear_attributes {
    scale_attributes of{};
    element to = element::uint8;
    static constexpr void each(auto visit)
    {
        visit("of", &quantize_linear_attributes::of);
        visit("to", &quantize_linear_attributes::to);
    }
};

/// ONNX QuantizeLinear, opsets 10, 13, 19, 21, 23 to 25, from float32 to int8 and uint8.
struct quantize_linear_spec : quantize_linear_attributes {
    using attributes = quantize_linear_attributes;
    tensor_type x{};
    tensor_type scale{};       ///< one, one for each place along the axis, or one for each block
    tensor_type zero_point{};  ///< the shape of the scale; optional

    template <class R>
    using signature = R(float, float, R);
    using parameters = type_list<type_list<std::uint8_t, std::int8_t>>;
};

constexpr tensor_type result(const quantize_linear_spec& s) { return {s.to, s.x.shape}; }

constexpr quantization_problem check(const quantize_linear_spec& s)
{
    if (s.to != element::uint8 && s.to != element::int8) {
        return quantization_problem::element_type_is_not_supported;
    }
    return check_scale(s.of, s.x.shape, s.scale.shape, s.zero_point);
}

/// The definition: y[i] = saturate(round(x[i] / scale) + zero_point), halves to even.
template <class R>
constexpr void evaluate(const quantize_linear_spec& s, std::span<const float> x, std::span<const float> scale,
    std::span<const R> zero_point, std::span<R> y)
{
    per_axis at{};
    for (std::size_t i = 0; i < y.size(); ++i, advance(at, s.x.shape)) {
        const std::size_t k = detail::place_of_scale(s.of, s.scale.shape, at);
        y[i] = detail::saturated<R>(detail::nearest(detail::quotient(x[i], scale[k])) +
                                    (zero_point.empty() ? 0.0f : static_cast<float>(zero_point[k])));
    }
}

template <auto Result, class Operands, quantize_linear_attributes Attributes = quantize_linear_attributes{},
    class Secondary = into<>>
using quantize_linear = layer<quantize_linear_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
