// LayerNormalization over the last axes, with or without centering; instance and group normalization become it on
// reshaped values.
#pragma once
#include <cameo/function/mathematics.hpp>
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

struct layer_normalization_attributes {
    int axis = 0;                                 ///< normalized over axes [axis, rank)
    double epsilon = static_cast<double>(1e-5f);  ///< ONNX's default: attributes are float32
    bool center = true;                           ///< false: RMSNormalization, which takes the mean for 0
    element stash = element::float32;             ///< what the mean and the deviation are computed in
    static constexpr void each(auto visit)
    {
        visit("axis", &layer_normalization_attributes::axis);
        visit("epsilon", &layer_normalization_attributes::epsilon);
        visit("center", &layer_normalization_attributes::center);
        visit("stash", &layer_normalization_attributes::stash);
    }
};

/// ONNX LayerNormalization (opset 17) and RMSNormalization (23); over reshaped operands, InstanceNormalization and
/// GroupNormalization.
struct layer_normalization_spec : layer_normalization_attributes {
    using attributes = layer_normalization_attributes;
    tensor_type x{};
    tensor_type scale{};  ///< broadcasts to x
    tensor_type bias{};   ///< broadcasts to x; optional

    template <class T>
    using signature = results<T, float, float>(T, T, T);
    using parameters = type_list<floating_elements>;
};

enum class layer_normalization_problem {
    none,
    axis_is_out_of_range,
    scale_must_broadcast_to_the_input,
    bias_must_broadcast_to_the_input,
    mean_and_deviation_must_be_computed_in_float32_or_float64,
};

/// Y like x; Mean and InvStdDev with extents of 1 where x is normalized.
constexpr std::array<tensor_type, 3> result(const layer_normalization_spec& s)
{
    tensor_type moment{element::float32, s.x.shape};
    for (int axis = s.axis; axis < moment.shape.rank; ++axis) {
        moment.shape[axis] = 1;
    }
    return {s.x.plain(), moment, moment};
}

constexpr layer_normalization_problem check(const layer_normalization_spec& s)
{
    using enum layer_normalization_problem;
    if (s.axis < 0 || s.axis > s.x.shape.rank) {
        return axis_is_out_of_range;
    }
    if (!s.scale.present() || broadcast(s.scale.shape, s.x.shape) != s.x.shape) {
        return scale_must_broadcast_to_the_input;
    }
    if (broadcast(s.bias.shape, s.x.shape) != s.x.shape) {
        return bias_must_broadcast_to_the_input;
    }
    return is_floating(s.stash) ? none : mean_and_deviation_must_be_computed_in_float32_or_float64;
}

namespace detail {

template <class U>
struct moments {
    U mean{};
    U inverse_deviation{};
};

/// Mean, or 0 unless `center`, and 1 / sqrt(mean of (x - mean)² + epsilon), in U.
template <class U, class T>
constexpr moments<U> moments_of(std::span<const T> x, bool center, double epsilon)
{
    using mathematics::sqrt;
    const U count = static_cast<U>(x.size());
    U mean{}, variance{};
    if (center) {
        for (const T v : x) {
            mean += static_cast<U>(v);
        }
        mean /= count;
    }
    for (const T v : x) {
        variance += (static_cast<U>(v) - mean) * (static_cast<U>(v) - mean);
    }
    return {mean, 1 / sqrt(variance / count + static_cast<U>(epsilon))};
}

template <class U, class T>
constexpr void normalize(const layer_normalization_spec& s, std::span<const T> x, std::span<const T> scale,
    std::span<const T> bias, std::span<T> y, std::span<float> mean, std::span<float> inverse_deviation)
{
    const shape& all = s.x.shape;
    const per_axis of_scale = broadcast_strides(s.scale.shape, all), of_bias = broadcast_strides(s.bias.shape, all);
    const std::size_t groups = index(all.count(0, s.axis)), extent = index(all.count(s.axis, all.rank));
    per_axis at{};
    for (std::size_t group = 0; group < groups; ++group) {
        const std::size_t first = group * extent;
        const moments<U> m = moments_of<U>(x.subspan(first, extent), s.center, s.epsilon);
        if (!mean.empty()) {
            mean[group] = static_cast<float>(m.mean);
        }
        if (!inverse_deviation.empty()) {
            inverse_deviation[group] = static_cast<float>(m.inverse_deviation);
        }
        if (y.empty()) {
            continue;
        }
        for (std::size_t i = first; i < first + extent; ++i) {
            const T scaled = static_cast<T>((static_cast<U>(x[i]) - m.mean) * m.inverse_deviation) *
                             scale[index(dot(at, of_scale, all.rank))];
            y[i] = bias.empty() ? scaled : scaled + bias[index(dot(at, of_bias, all.rank))];
            advance(at, all);
        }
    }
}

}  // namespace detail

/// The definition: y = (x - mean) / sqrt(variance + epsilon) scale + bias; the quotient is computed in the stash's
/// type, the rest in T.
template <class T>
constexpr void evaluate(const layer_normalization_spec& s, std::span<const T> x, std::span<const T> scale,
    optional_span<T> bias, optional_result<T> y, optional_result<float> mean, optional_result<float> inverse_deviation)
{
    if (s.stash == element::float64) {
        detail::normalize<double>(s, x, scale, bias, y, mean, inverse_deviation);
    } else {
        detail::normalize<float>(s, x, scale, bias, y, mean, inverse_deviation);
    }
}

constexpr axis_flow flow_of(const layer_normalization_spec& s, int operand, const axis_part& part)
{
    const axis_flow to = broadcast_flow(operand == 0 ? s.x : operand == 1 ? s.scale : s.bias, s.x, part);
    return operand == 0 && part.axis >= s.axis ? mixed("works across") : to;
}

template <auto Result, class Operands, layer_normalization_attributes Attributes = layer_normalization_attributes{},
    class Secondary = into<>>
using layer_normalization = layer<layer_normalization_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
