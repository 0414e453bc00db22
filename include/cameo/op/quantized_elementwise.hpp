// Elementwise expressions that read or write quantized numbers. It is not an ONNX operator: the generator makes it from
// DequantizeLinear, elementwise operators and QuantizeLinear.
#pragma once
#include <cameo/op/elementwise.hpp>
#include <cameo/op/quantization.hpp>

namespace cameo::inline CAMEO_TARGET {

struct quantized_elementwise_attributes {
    elementwise_expression compute =
        operand<0>;  ///< on the stored numbers, as float; scales and zero points are constants of it
    element to = element::uint8;
    static constexpr void each(auto visit)
    {
        visit("compute", &quantized_elementwise_attributes::compute);
        visit("to", &quantized_elementwise_attributes::to);
    }
};

/// y[i] = saturate(round(compute(float(x0[i]), float(x1[i]), …))) with numpy's broadcasting; a float result is not
/// rounded. The operands are of one element type.
struct quantized_elementwise_spec : quantized_elementwise_attributes {
    using attributes = quantized_elementwise_attributes;
    static constexpr bool variadic = true;
    operand_list x{};

    /// Returns the same layer on numbers that are floats already.
    constexpr elementwise_spec on_floats() const
    {
        elementwise_spec s{{compute}, x};
        for (int i = 0; i < s.x.count; ++i) {
            s.x.types[index(i)].element = element::float32;
        }
        return s;
    }

    template <class T, class R>
    using signature = R(T);
    using parameters =
        type_list<type_list<std::uint8_t, std::int8_t, float>, type_list<std::uint8_t, std::int8_t, float>>;
};

constexpr tensor_type result(const quantized_elementwise_spec& s) { return {s.to, result(s.on_floats()).shape}; }

constexpr elementwise_problem check(const quantized_elementwise_spec& s)
{
    for (int i = 1; i < s.x.count; ++i) {
        if (s.x[i].element != s.x[0].element) {
            return elementwise_problem::operands_must_have_one_element_type;
        }
    }
    const elementwise_spec floats = s.on_floats();
    if (const elementwise_problem p = check(floats); p != elementwise_problem::none) {
        return p;
    }
    return result(floats).element == element::float32 ? elementwise_problem::none
                                                      : elementwise_problem::function_does_not_take_this_element_type;
}

template <class T, class R>
constexpr void evaluate(const quantized_elementwise_spec& s, std::span<const std::span<const T>> x, std::span<R> y)
{
    const shape out = result(s).shape;
    std::array<per_axis, elementwise_expression::max_operands> strides{};
    for (int i = 0; i < s.x.count; ++i) {
        strides[index(i)] = broadcast_strides(s.x[i].shape, out);
    }
    const detail::interpreter<float> compute(s.compute);
    per_axis at{};
    for (R& value : y) {
        detail::function_operands<float> a{};
        for (std::size_t i = 0; i < index(s.x.count); ++i) {
            a[i] = static_cast<float>(x[i][index(dot(at, strides[i], out.rank))]);
        }
        value = detail::saturated<R>(compute(a));
        advance(at, out);
    }
}

template <auto Result, class Operands, quantized_elementwise_attributes Attributes = quantized_elementwise_attributes{},
    class Secondary = into<>>
using quantized_elementwise = layer<quantized_elementwise_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
