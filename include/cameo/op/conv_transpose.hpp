// ConvTranspose with an optional epilogue: the gradient of a convolution, used to upsample.
#pragma once
#include <cameo/op/epilogue.hpp>
#include <cameo/op/window.hpp>

namespace cameo::inline CAMEO_TARGET {

struct conv_transpose_attributes {
    cameo::window window{};  ///< slides over the result; pads are cut from the result, or added to it where negative
    dim group = 1;
    elementwise_expression epilogue{};
    static constexpr void each(auto visit)
    {
        visit("window", &conv_transpose_attributes::window);
        visit("group", &conv_transpose_attributes::group);
        visit("epilogue", &conv_transpose_attributes::epilogue);
    }
};

/// ONNX ConvTranspose, opsets 1, 11, 22: float32 and float64, with 1 to 6 spatial axes. The importer has settled
/// output_shape and output_padding as pads.
struct conv_transpose_spec : conv_transpose_attributes {
    using attributes = conv_transpose_attributes;
    tensor_type x{};         ///< N x C x D1 … Dk
    tensor_type w{};         ///< C x M/group x K1 … Kk
    tensor_type b{};         ///< M, optional
    tensor_type residual{};  ///< the result's shape, optional
    static constexpr auto epilogue_operand = &conv_transpose_spec::residual;

    template <class T>
    using signature = T(T, T, T, T);
    using parameters = type_list<floating_elements>;
};

enum class conv_transpose_problem {
    none,
    input_must_have_a_batch_a_channel_and_a_spatial_axis,
    weight_rank_must_equal_input_rank,
    input_channels_must_equal_weight_rows,
    window_must_not_be_empty,
    group_must_divide_the_input_channels,
    bias_must_have_one_element_per_output_channel,
    stride_and_dilation_must_be_positive,
    pads_leave_nothing_of_the_result,
    epilogue_does_not_fit_the_result,
};

/// N x M x O1 … Ok with Oa = stride (input - 1) + window extent - pads.
constexpr tensor_type result(const conv_transpose_spec& s)
{
    tensor_type y = s.x.plain();
    y.shape[1] = saturating_product(s.w.shape[1], s.group);
    for (int a = 0; a < y.shape.rank - 2; ++a) {
        y.shape[a + 2] =
            s.window.transposed(a, s.x.shape[a + 2], s.w.shape[a + 2]) - s.window.pad_begin(a) - s.window.pad_end(a);
    }
    return y;
}

constexpr conv_transpose_problem check(const conv_transpose_spec& s)
{
    using enum conv_transpose_problem;
    if (s.x.shape.rank < 3) {
        return input_must_have_a_batch_a_channel_and_a_spatial_axis;
    }
    if (s.w.shape.rank != s.x.shape.rank) {
        return weight_rank_must_equal_input_rank;
    }
    if (s.x.shape[1] != s.w.shape[0]) {
        return input_channels_must_equal_weight_rows;
    }
    if (spatial(s.w.shape).count() < 1) {
        return window_must_not_be_empty;
    }
    if (s.group < 1 || s.group > s.x.shape[1] || s.x.shape[1] % s.group != 0) {
        return group_must_divide_the_input_channels;
    }
    if (s.b.present() && s.b.shape != shape{saturating_product(s.w.shape[1], s.group)}) {
        return bias_must_have_one_element_per_output_channel;
    }
    if (!s.window.positive()) {
        return stride_and_dilation_must_be_positive;
    }
    for (int a = 2; a < s.x.shape.rank; ++a) {
        if (result(s).shape[a] < 1) {
            return pads_leave_nothing_of_the_result;
        }
    }
    return fits(s.epilogue, result(s), s.residual) ? none : epilogue_does_not_fit_the_result;
}

/// The definition: y[n, m, i stride + p dilation - pad…] = b[m] + the sum over c, i, p… of x[n, g C/group + c, i…] w[g
/// C/group + c, m', p…], where m = g M/group + m'; then the epilogue.
template <class T>
constexpr void evaluate(const conv_transpose_spec& s, std::span<const T> x, std::span<const T> w, optional_span<T> b,
    optional_span<T> residual, std::span<T> y)
{
    const shape out = result(s).shape, places = spatial(out), taps = spatial(s.w.shape), extents = spatial(s.x.shape);
    const dim channels = s.x.shape[1] / s.group, columns = s.w.shape[1], plane = extents.count(),
              tap_count = taps.count();
    std::size_t to = 0;
    for (dim n = 0; n < out[0]; ++n) {
        for (dim m = 0; m < out[1]; ++m) {
            const dim first = m / columns * channels;
            per_axis at{};
            do {
                T sum = b.empty() ? T(0) : b[index(m)];
                for (dim c = first; c < first + channels; ++c) {
                    for_each_writing_tap(s.window, taps, extents, at, [&](dim tap, dim offset) {
                        sum += x[index((n * s.x.shape[1] + c) * plane + offset)] *
                               w[index((c * columns + m % columns) * tap_count + tap)];
                    });
                }
                y[to] = apply(s.epilogue, sum, residual, to);
                ++to;
            } while (advance(at, places));
        }
    }
}

/// Counts the multiplications, each with an addition, of one call.
constexpr dim multiplications(const conv_transpose_spec& s)
{
    return saturating_product(s.x.shape.count(), s.w.shape.count(1, s.w.shape.rank));
}

template <auto Result, class Operands, conv_transpose_attributes Attributes = conv_transpose_attributes{},
    class Secondary = into<>>
using conv_transpose = layer<conv_transpose_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
