// Convolution and dense layers on bytes. It is not an ONNX operator: the generator makes it from DequantizeLinear,
// Conv, Gemm or MatMul, and QuantizeLinear.
#pragma once
#include <cameo/op/elementwise.hpp>
#include <cameo/op/quantization.hpp>
#include <cameo/op/window.hpp>

namespace cameo::inline CAMEO_TARGET {

struct quantized_conv_attributes {
    cameo::window window{};
    dim group = 1;
    dim padding = 0;  ///< what stands around x: the number that means 0
    elementwise_expression epilogue =
        operand<0>;  ///< of the scaled sum, operand<0>, and the residual as it is stored, operand<1>
    element to = element::uint8;
    static constexpr void each(auto visit)
    {
        visit("window", &quantized_conv_attributes::window);
        visit("group", &quantized_conv_attributes::group);
        visit("padding", &quantized_conv_attributes::padding);
        visit("epilogue", &quantized_conv_attributes::epilogue);
        visit("to", &quantized_conv_attributes::to);
    }
};

/// Like conv_spec, but also without spatial axes, as a dense layer. Zero points do not appear in the sums: their
/// contribution is in b. A result in uint8 is rounded and saturated; a float result is not.
struct quantized_conv_spec : quantized_conv_attributes {
    using attributes = quantized_conv_attributes;
    tensor_type x{};         ///< N x C x D1 … Dk in uint8
    tensor_type w{};         ///< M x C/group x K1 … Kk in int8
    tensor_type scale{};     ///< M in float: from sums of products to operand<0>
    tensor_type b{};         ///< M in int32, added to the sums; optional
    tensor_type residual{};  ///< the result's shape in uint8, optional
    tensor_type rest{};  ///< M in float, added to what is scaled: what of a bias is no whole number of the sums' steps;
                         ///< optional

    constexpr void settle() { window = window.settled(spatial(x.shape), spatial(w.shape)); }

    template <class R>
    using signature = R(std::uint8_t, std::int8_t, float, std::int32_t, std::uint8_t, float);
    using parameters = type_list<type_list<std::uint8_t, float>>;
};

enum class quantized_conv_problem {
    none,
    input_must_have_a_batch_and_a_channel_axis,
    weight_rank_must_equal_input_rank,
    input_channels_must_equal_weight_channels_times_group,
    group_must_divide_the_output_channels,
    scale_must_have_one_element_per_output_channel,
    bias_must_have_one_element_per_output_channel,
    stride_and_dilation_must_be_positive,
    window_is_larger_than_the_padded_input,
    sums_may_overflow,
    epilogue_does_not_fit_the_result,
};

/// N x M x O1 … Ok with Oa = floor((padded - window) / stride) + 1.
constexpr tensor_type result(const quantized_conv_spec& s)
{
    tensor_type y{s.to, s.x.shape};
    y.shape[1] = s.w.shape[0];
    for (int a = 0; a < y.shape.rank - 2; ++a) {
        y.shape[a + 2] = s.window.positions(a, s.x.shape[a + 2], s.w.shape[a + 2]);
    }
    return y;
}

constexpr quantized_conv_problem check(const quantized_conv_spec& s)
{
    using enum quantized_conv_problem;
    constexpr dim most_products = (dim{1} << 30) / (dim{255} * 128);
    const shape per_filter{s.w.shape[0]};
    if (s.x.shape.rank < 2) {
        return input_must_have_a_batch_and_a_channel_axis;
    }
    if (s.w.shape.rank != s.x.shape.rank) {
        return weight_rank_must_equal_input_rank;
    }
    if (s.x.shape[1] != saturating_product(s.w.shape[1], s.group)) {
        return input_channels_must_equal_weight_channels_times_group;
    }
    if (s.group < 1 || s.w.shape[0] % s.group != 0) {
        return group_must_divide_the_output_channels;
    }
    if (s.scale.shape != per_filter) {
        return scale_must_have_one_element_per_output_channel;
    }
    if ((s.b.present() && s.b.shape != per_filter) || (s.rest.present() && s.rest.shape != per_filter)) {
        return bias_must_have_one_element_per_output_channel;
    }
    if (!s.window.positive()) {
        return stride_and_dilation_must_be_positive;
    }
    for (int a = 0; a < s.x.shape.rank - 2; ++a) {
        if (s.window.extent(a, s.w.shape[a + 2]) > s.window.padded(a, s.x.shape[a + 2])) {
            return window_is_larger_than_the_padded_input;
        }
    }
    if (s.w.shape.count(1, s.w.shape.rank) > most_products) {
        return sums_may_overflow;
    }
    if (s.residual.present() && s.residual.shape != result(s).shape) {
        return epilogue_does_not_fit_the_result;
    }
    const bool fits = s.epilogue.operands() <= (s.residual.present() ? 2 : 1) &&
                      detail::expression_result(s.epilogue, element::float32) == element::float32;
    return fits ? none : epilogue_does_not_fit_the_result;
}

/// The definition: y[n, m, i…] = saturate(round(then(float(b[m] + the sum over c, p… of x[…] w[m, c, p…]) scale[m] +
/// rest[m], float(residual[…])))). Products and sums are exact.
template <class R>
constexpr void evaluate(const quantized_conv_spec& s, std::span<const std::uint8_t> x, std::span<const std::int8_t> w,
    std::span<const float> scale, std::span<const std::int32_t> b, std::span<const std::uint8_t> residual,
    std::span<const float> rest, std::span<R> y)
{
    const shape out = result(s).shape, places = spatial(out), taps = spatial(s.w.shape), extents = spatial(s.x.shape);
    const dim channels = s.w.shape[1], plane = extents.count(), tap_count = taps.count();
    const auto padding = static_cast<std::int32_t>(s.padding);
    std::size_t to = 0;
    for (dim n = 0; n < out[0]; ++n) {
        for (dim m = 0; m < out[1]; ++m) {
            const dim first = n * s.x.shape[1] + m / (out[1] / s.group) * channels;
            std::int32_t nothing_but_padding = b.empty() ? 0 : b[index(m)];
            for (dim k = 0; k < channels * tap_count; ++k) {
                nothing_but_padding += padding * w[index(m * channels * tap_count + k)];
            }
            per_axis at{};
            do {
                std::int32_t sum = nothing_but_padding;
                for (dim c = 0; c < channels; ++c) {
                    for_each_tap(s.window, taps, extents, at, [&](dim tap, dim offset) {
                        sum += (x[index((first + c) * plane + offset)] - padding) *
                               w[index((m * channels + c) * tap_count + tap)];
                    });
                }
                const float scaled = static_cast<float>(sum) * scale[index(m)],
                            whole = rest.empty() ? scaled : scaled + rest[index(m)];
                const float added = residual.empty() ? 0.0f : static_cast<float>(residual[to]);
                y[to++] = detail::saturated<R>(detail::interpret(
                    s.epilogue, std::array<float, elementwise_expression::max_operands>{whole, added}));
            } while (advance(at, places));
        }
    }
}

/// Counts the multiplications, each with an addition, of one call.
constexpr dim multiplications(const quantized_conv_spec& s)
{
    return saturating_product(result(s).shape.count(), s.w.shape.count(1, s.w.shape.rank));
}

template <auto Result, class Operands, quantized_conv_attributes Attributes = quantized_conv_attributes{},
    class Secondary = into<>>
using quantized_conv = layer<quantized_conv_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
