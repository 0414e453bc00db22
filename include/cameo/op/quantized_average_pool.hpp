// AveragePool on bytes. It is not an ONNX operator: the generator makes it from DequantizeLinear, AveragePool or
// GlobalAveragePool, and QuantizeLinear.
#pragma once
#include <cameo/core/floats.hpp>
#include <cameo/op/average_pool.hpp>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/quantization.hpp>

namespace cameo::inline CAMEO_TARGET {

struct quantized_average_pool_attributes {
    average_pool_attributes pool{};
    dim zero_point = 0;                            ///< of x
    double scale = 1;                              ///< of x, rounded to float
    elementwise_expression epilogue = operand<0>;  ///< of the average
    element to = element::uint8;
    static constexpr void each(auto visit)
    {
        visit("pool", &quantized_average_pool_attributes::pool);
        visit("zero_point", &quantized_average_pool_attributes::zero_point);
        visit("scale", &quantized_average_pool_attributes::scale);
        visit("epilogue", &quantized_average_pool_attributes::epilogue);
        visit("to", &quantized_average_pool_attributes::to);
    }
};

/// The average of (x - zero_point) scale, in floats, then an expression. A result in uint8 is rounded and saturated; a
/// float result is not. Between equal scales, of which onnxruntime's quantizer makes many, the average of an even
/// number of taps is often in the middle between two steps: there the rounding errors of the sum decide, and theirs
/// depend on its order.
struct quantized_average_pool_spec : quantized_average_pool_attributes {
    using attributes = quantized_average_pool_attributes;
    tensor_type x{};  ///< N x C x D1 … Dk in uint8

    constexpr average_pool_spec on_numbers() const { return {pool, x}; }
    constexpr void settle() { pool = settled(on_numbers()); }

    template <class R>
    using signature = R(std::uint8_t);
    using parameters = type_list<type_list<std::uint8_t, float>>;
};

constexpr tensor_type result(const quantized_average_pool_spec& s) { return {s.to, result(s.on_numbers()).shape}; }

constexpr pool_problem check(const quantized_average_pool_spec& s) { return check(s.on_numbers()); }

/// The definition: y[…] = saturate(round(then(sum / the number of taps that count))), where the sum is that of
/// float(x - zero_point) scale over the window, in the pool's order.
template <class R>
constexpr void evaluate(const quantized_average_pool_spec& s, std::span<const std::uint8_t> x, std::span<R> y)
{
    const auto zero_point = static_cast<std::int32_t>(s.zero_point);
    const auto scale = static_cast<float>(s.scale);
    const average_pool_spec pool = s.on_numbers();
    for_each_window(s.x, s.pool.window, [&](dim plane, const per_axis& at, std::size_t to) {
        const float sum = detail::sum_of_taps<float>(pool, at, [&](dim offset) {
            return detail::opaque_number(static_cast<float>(x[index(plane + offset)] - zero_point) * scale);
        });
        const float average = detail::quotient(sum, static_cast<float>(counted_taps(pool, at)));
        y[to] = detail::saturated<R>(
            detail::interpret(s.epilogue, std::array<float, elementwise_expression::max_operands>{average}));
    });
}

/// Counts the steps of the definition, which are more than its elements.
constexpr dim work(const quantized_average_pool_spec& s) { return work(s.on_numbers()); }

template <auto Result, class Operands,
    quantized_average_pool_attributes Attributes = quantized_average_pool_attributes{}, class Secondary = into<>>
using quantized_average_pool = layer<quantized_average_pool_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
