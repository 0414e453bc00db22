// DequantizeLinear: stored numbers become floats, (x - zero point) times scale.
#pragma once
#include <cameo/op/quantization.hpp>

namespace cameo::inline CAMEO_TARGET {

struct dequantize_linear_attributes {
    scale_attributes of{};
    static constexpr void each(auto visit) { visit("of", &dequantize_linear_attributes::of); }
};

/// ONNX DequantizeLinear, opsets 10, 13, 19, 21, 23 to 25, from what QuantizeLinear makes, and int32, to float32.
struct dequantize_linear_spec : dequantize_linear_attributes {
    using attributes = dequantize_linear_attributes;
    tensor_type x{};
    tensor_type scale{};       ///< one, one for each place along the axis, or one for each block
    tensor_type zero_point{};  ///< the shape of the scale; optional

    template <class T>
    using signature = float(T, float, T);
    using parameters = type_list<decltype(quantized_elements{} + small_elements{} + type_list<std::int32_t>{})>;
};

constexpr tensor_type result(const dequantize_linear_spec& s) { return {element::float32, s.x.shape}; }

constexpr quantization_problem check(const dequantize_linear_spec& s)
{
    return check_scale(s.of, s.x.shape, s.scale.shape, s.zero_point);
}

/// The definition: y[i] = (x[i] - zero_point) scale.
template <class T>
constexpr void evaluate(const dequantize_linear_spec& s, std::span<const T> x, std::span<const float> scale,
    optional_span<T> zero_point, std::span<float> y)
{
    per_axis at{};
    for (std::size_t i = 0; i < y.size(); ++i, advance(at, s.x.shape)) {
        const std::size_t k = detail::place_of_scale(s.of, s.scale.shape, at);
        y[i] = static_cast<float>(x[i] - (zero_point.empty() ? T() : zero_point[k])) * scale[k];
    }
}

template <auto Result, class Operands, dequantize_linear_attributes Attributes = dequantize_linear_attributes{},
    class Secondary = into<>>
using dequantize_linear = layer<dequantize_linear_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
