// Conv with an optional epilogue: grouped convolution over one to six spatial axes, as a plain definition.
#pragma once
#include <algorithm>
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/epilogue.hpp>
#include <cameo/op/window.hpp>

namespace cameo::inline CAMEO_TARGET {

struct conv_attributes {
    cameo::window window{};
    dim group = 1;
    elementwise_expression epilogue{};
    static constexpr void each(auto visit)
    {
        visit("window", &conv_attributes::window);
        visit("group", &conv_attributes::group);
        visit("epilogue", &conv_attributes::epilogue);
    }
};

/// ONNX Conv, opsets 1, 11, 22, with 1 to 6 spatial axes.
struct conv_spec : conv_attributes {
    using attributes = conv_attributes;
    tensor_type x{};         ///< N x C x D1 … Dk
    tensor_type w{};         ///< M x C/group x K1 … Kk
    tensor_type b{};         ///< M, optional
    tensor_type residual{};  ///< the result's shape, optional
    static constexpr auto epilogue_operand = &conv_spec::residual;

    constexpr void settle() { window = window.settled(spatial(x.shape), spatial(w.shape)); }

    template <class T>
    using signature = T(T, T, T, T);
    using parameters = type_list<floating_elements>;
};

enum class conv_problem {
    none,
    input_must_have_a_batch_a_channel_and_a_spatial_axis,
    weight_rank_must_equal_input_rank,
    input_channels_must_equal_weight_channels_times_group,
    group_must_divide_the_output_channels,
    bias_must_have_one_element_per_output_channel,
    stride_and_dilation_must_be_positive,
    window_is_larger_than_the_padded_input,
    epilogue_does_not_fit_the_result,
};

/// N x M x O1 … Ok with Oa = floor((padded - window) / stride) + 1.
constexpr tensor_type result(const conv_spec& s)
{
    tensor_type y = s.x.plain();
    y.shape[1] = s.w.shape[0];
    for (int a = 0; a < y.shape.rank - 2; ++a) {
        y.shape[a + 2] = s.window.positions(a, s.x.shape[a + 2], s.w.shape[a + 2]);
    }
    return y;
}

constexpr conv_problem check(const conv_spec& s)
{
    using enum conv_problem;
    if (s.x.shape.rank < 3) {
        return input_must_have_a_batch_a_channel_and_a_spatial_axis;
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
    if (s.b.present() && s.b.shape != shape{s.w.shape[0]}) {
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
    return fits(s.epilogue, result(s), s.residual) ? none : epilogue_does_not_fit_the_result;
}

/// The definition: y[n, m, i…] = b[m] + the sum over c, p… of x[n, g C/group + c, i stride + p dilation - pad…] w[m, c,
/// p…], where g = m / (M / group); then the epilogue.
template <class T>
constexpr void evaluate(const conv_spec& s, std::span<const T> x, std::span<const T> w, optional_span<T> b,
    optional_span<T> residual, std::span<T> y)
{
    const shape out = result(s).shape, places = spatial(out), taps = spatial(s.w.shape), extents = spatial(s.x.shape);
    const dim channels = s.w.shape[1], plane = extents.count(), tap_count = taps.count();
    std::size_t to = 0;
    for (dim n = 0; n < out[0]; ++n) {
        for (dim m = 0; m < out[1]; ++m) {
            const dim first = n * s.x.shape[1] + m / (out[1] / s.group) * channels;
            per_axis at{};
            do {
                T sum = b.empty() ? T(0) : b[index(m)];
                for (dim c = 0; c < channels; ++c) {
                    for_each_tap(s.window, taps, extents, at, [&](dim tap, dim offset) {
                        sum += x[index((first + c) * plane + offset)] * w[index((m * channels + c) * tap_count + tap)];
                    });
                }
                y[to] = apply(s.epilogue, sum, residual, to);
                ++to;
            } while (advance(at, places));
        }
    }
}

/// Counts the multiplications, each with an addition, of one call.
constexpr dim multiplications(const conv_spec& s)
{
    return saturating_product(result(s).shape.count(), s.w.shape.count(1, s.w.shape.rank));
}

constexpr axis_flow flow_of(const conv_spec& s, int operand, const axis_part& part)
{
    if (operand == 3) {
        return preserved(part, part.axis);
    }
    if (operand > 0 || part.axis == 1) {
        return mixed("sums up");
    }
    axis_flow to = preserved(part, part.axis);
    if (const int a = part.axis - 2; a >= 0) {
        to.window = s.w.shape[part.axis];
        to.stride = s.window.stride(a);
        to.dilation = s.window.dilation(a);
        to.pad_begin = s.window.pad_begin(a);
        to.pad_end = s.window.pad_end(a);
        const bool one_to_one = to.window == 1 && to.stride == 1 && to.pad_begin == 0 && to.pad_end == 0;
        to.flow = one_to_one ? flow::preserved : flow::windowed;
    }
    return to;
}

constexpr conv_attributes attributes_for_part(const conv_spec& s, int axis, dim, dim)
{
    conv_attributes a = s;
    for (shape* pads : {&a.window.pads_begin, &a.window.pads_end}) {
        if (axis - 2 < pads->rank) {
            (*pads)[axis - 2] = 0;
        }
        if (std::all_of(pads->extent.begin(), pads->extent.end(), [](dim pad) { return pad == 0; })) {
            *pads = {};
        }
    }
    return a;
}

template <auto Result, class Operands, conv_attributes Attributes = conv_attributes{}, class Secondary = into<>>
using conv = layer<conv_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
