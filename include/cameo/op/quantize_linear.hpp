// QuantizeLinear: floats become integers, rounded x / scale plus zero point, saturated, or floats of 8 bits and fewer.
#pragma once
#include <cameo/core/floats.hpp>
#include <cameo/op/quantization.hpp>

namespace cameo::inline CAMEO_TARGET {

struct quantize_linear_attributes {
    scale_attributes of{};
    element to = element::uint8;
    bool saturate = true;  ///< to floats of 8 bits: what is beyond the largest becomes it
    static constexpr void each(auto visit)
    {
        visit("of", &quantize_linear_attributes::of);
        visit("to", &quantize_linear_attributes::to);
        visit("saturate", &quantize_linear_attributes::saturate);
    }
};

/// ONNX QuantizeLinear, opsets 10, 13, 19, 21, 23 to 25, from float32 to integers of 16 bits and fewer, and to
/// floats of 8 bits and fewer.
struct quantize_linear_spec : quantize_linear_attributes {
    using attributes = quantize_linear_attributes;
    tensor_type x{};
    tensor_type scale{};       ///< one, one for each place along the axis, or one for each block
    tensor_type zero_point{};  ///< the shape of the scale; optional

    using results = decltype(quantized_elements{} + small_elements{});
    template <class R>
    using signature = R(float, float, R);
    using parameters = type_list<results>;
};

constexpr tensor_type result(const quantize_linear_spec& s) { return {s.to, s.x.shape}; }

constexpr quantization_problem check(const quantize_linear_spec& s)
{
    if (!contains(quantize_linear_spec::results{}, s.to)) {
        return quantization_problem::element_type_is_not_supported;
    }
    return check_scale(s.of, s.x.shape, s.scale.shape, s.zero_point);
}

/// The definition: y[i] = saturate(round(x[i] / scale) + zero_point), halves to even; floats are
/// rounded once.
template <class R>
constexpr void evaluate(const quantize_linear_spec& s, std::span<const float> x, std::span<const float> scale,
    optional_span<R> zero_point, std::span<R> y)
{
    per_axis at{};
    for (std::size_t i = 0; i < y.size(); ++i, advance(at, s.x.shape)) {
        const std::size_t k = detail::place_of_scale(s.of, s.scale.shape, at);
        const float q = detail::quotient(x[i], scale[k]),
                    zero = zero_point.empty() ? 0.0f : static_cast<float>(zero_point[k]);
        if constexpr (detail::is_narrow_float<R>) {
            y[i] = s.saturate ? R::saturated(q + zero) : R(q + zero);
        } else {
            y[i] = detail::saturated<R>(detail::nearest(q) + zero);
        }
    }
}

template <auto Result, class Operands, quantize_linear_attributes Attributes = quantize_linear_attributes{},
    class Secondary = into<>>
using quantize_linear = layer<quantize_linear_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
