// Resize and Upsample: images interpolated to another size, separately along each axis.
#pragma once
#include <cameo/op/cast.hpp>
#include <cameo/op/resampling.hpp>

namespace cameo::inline CAMEO_TARGET {

struct resize_attributes {
    shape to{};           ///< the result's shape; empty if the scales decide it
    factors scales{};     ///< for each axis; 0 if the extents decide it
    factors roi_start{};  ///< the region of the input that tf_crop_and_resize looks at, its last element being 1
    factors roi_end{};
    interpolation mode = interpolation::nearest;
    coordinate_transformation coordinates = coordinate_transformation::half_pixel;
    cameo::nearest_mode nearest_mode = nearest_mode::round_prefer_floor;
    double cubic_coeff_a = -0.75;
    double extrapolation_value = 0;
    bool exclude_outside = false;
    bool antialias = false;
    static constexpr void each(auto visit)
    {
        visit("to", &resize_attributes::to);
        visit("scales", &resize_attributes::scales);
        visit("roi_start", &resize_attributes::roi_start);
        visit("roi_end", &resize_attributes::roi_end);
        visit("mode", &resize_attributes::mode);
        visit("coordinates", &resize_attributes::coordinates);
        visit("nearest_mode", &resize_attributes::nearest_mode);
        visit("cubic_coeff_a", &resize_attributes::cubic_coeff_a);
        visit("extrapolation_value", &resize_attributes::extrapolation_value);
        visit("exclude_outside", &resize_attributes::exclude_outside);
        visit("antialias", &resize_attributes::antialias);
    }
};

/// ONNX Resize, opsets 10, 11, 13, 18, 19, and Upsample, opsets 7, 9, 10, on any number of axes. Every element type if
/// nearest, numbers if interpolated: in float64, then rounded to the nearest and saturated for integers.
struct resize_spec : resize_attributes {
    using attributes = resize_attributes;
    tensor_type x{};

    /// Returns an extent of the result; scaled, it is that of float32, like onnxruntime's and that of ONNX's shape
    /// inference: 10 elements times 0.7 are 7. It is -1 if there is none.
    constexpr dim extent(int a) const
    {
        if (to.rank > 0) {
            return to[a];
        }
        const float scaled = static_cast<float>(x.shape[a]) * static_cast<float>(scales[index(a)]);
        return scaled >= 0 && scaled <= 0x1p40F ? static_cast<dim>(scaled) : -1;
    }
    constexpr resampled_axis axis(int a) const
    {
        const std::size_t i = index(a);
        return {x.shape[a], extent(a), scale(a), roi_start[i], roi_end[i]};
    }
    constexpr double scale(int a) const
    {
        const dim from = x.shape[a], resized = extent(a);
        if (scales[index(a)] != 0) {
            return scales[index(a)];
        }
        return from == resized || from == 0 ? 1 : static_cast<double>(resized) / static_cast<double>(from);
    }

    template <class T>
    using signature = T(T);
    using parameters = type_list<arithmetic_elements>;
};

enum class resize_problem {
    none,
    result_must_have_the_rank_of_the_input,
    extents_must_not_be_negative,
    an_empty_axis_cannot_become_longer,
    scales_must_lie_between_1e_minus_9_and_1e9,
    result_is_too_large,
    nearest_takes_neither_antialias_nor_exclude_outside,
    booleans_cannot_be_interpolated,
};

constexpr tensor_type result(const resize_spec& s)
{
    shape extents = s.x.shape;
    for (int a = 0; a < extents.rank; ++a) {
        extents[a] = s.extent(a);
    }
    return {s.x.element, extents};
}

constexpr resize_problem check(const resize_spec& s)
{
    using enum resize_problem;
    if (s.to.rank != 0 && s.to.rank != s.x.shape.rank) {
        return result_must_have_the_rank_of_the_input;
    }
    for (int a = 0; a < s.x.shape.rank; ++a) {
        const resampled_axis axis = s.axis(a);
        if (axis.to < 0 && s.to.rank > 0) {
            return extents_must_not_be_negative;
        }
        if (axis.from == 0 && axis.to > 0) {
            return an_empty_axis_cannot_become_longer;
        }
        if (!(axis.scale >= 1e-9 && axis.scale <= 1e9)) {
            return scales_must_lie_between_1e_minus_9_and_1e9;
        }
        if (axis.to < 0) {
            return result_is_too_large;
        }
    }
    const bool nearest = s.mode == interpolation::nearest;
    if (nearest && (s.antialias || s.exclude_outside)) {
        return nearest_takes_neither_antialias_nor_exclude_outside;
    }
    return !nearest && s.x.element == element::boolean ? booleans_cannot_be_interpolated : none;
}

namespace detail {

/// Tells whether the axis is unchanged, in which case no transformation of coordinates moves it.
constexpr bool untouched(const resize_spec& s, const resampled_axis& axis)
{
    const bool cropped =
        s.coordinates == coordinate_transformation::tf_crop_and_resize && (axis.roi_start != 0 || axis.roi_end != 1);
    return axis.scale == 1 && axis.from == axis.to && !cropped;
}

/// Returns the input elements and weights of element `resized` on axis a.
constexpr axis_taps taps(const resize_spec& s, int a, dim resized)
{
    const resampled_axis axis = s.axis(a);
    axis_taps t{.filter = {s.mode, s.cubic_coeff_a},
        .extent = axis.from,
        .center = static_cast<double>(resized),
        .first = resized};
    if (untouched(s, axis)) {
        return t;
    }
    t.center = original_coordinate(s.coordinates, axis, resized);
    if (s.mode == interpolation::nearest) {
        t.first = nearest_to(t.center, s.nearest_mode);
        return t;
    }
    if (s.antialias && axis.scale < 1) {
        t.filter.stretch = axis.scale;
    }
    t.exclude_outside = s.exclude_outside;
    const dim reach = t.filter.reach(), left = -floor_of(-t.center) - 1;
    t.first = left - reach + 1;
    t.count = 2 * reach;
    if (s.antialias || s.exclude_outside) {
        t.normalize();
    }
    return t;
}

/// Tells whether tf_crop_and_resize reads beyond the input, for which it gives extrapolation_value.
constexpr bool extrapolates(const resize_spec& s, const axis_taps& t)
{
    const bool within = t.center >= 0 && t.center <= static_cast<double>(t.extent - 1);
    return s.coordinates == coordinate_transformation::tf_crop_and_resize && !within;
}

using taps_per_axis = std::array<axis_taps, max_rank>;

/// Adds, over the taps of the axes before `axis`, the first axis first, the elements from `offset` on; `stride` is that
/// of axis - 1.
template <class T>
constexpr double weighted_sum(std::span<const T> x, const taps_per_axis& all, int axis, dim offset, dim stride)
{
    if (axis == 0) {
        return static_cast<double>(x[index(offset)]);
    }
    const axis_taps& t = all[index(axis - 1)];
    double sum = 0;
    for (dim k = 0; k < t.count; ++k) {
        const double weight = t.weight(k);
        if (weight != 0) {
            sum += weight * weighted_sum(x, all, axis - 1, offset + t.place(k) * stride, stride * t.extent);
        }
    }
    return sum;
}

template <class T>
constexpr T resized_element(const resize_spec& s, std::span<const T> x, const taps_per_axis& all)
{
    bool outside = false;
    dim nearest = 0;
    for (int a = 0; a < s.x.shape.rank; ++a) {
        const axis_taps& t = all[index(a)];
        outside = outside || extrapolates(s, t);
        nearest = nearest * t.extent + t.place(0);
    }
    if (s.mode == interpolation::nearest && !outside) {
        return x[index(nearest)];
    }
    const double value = outside ? s.extrapolation_value : weighted_sum(x, all, s.x.shape.rank, 0, 1);
    return convert<T>(std::is_integral_v<T> ? rounded(value) : value);
}

}  // namespace detail

/// The definition: each element of the result is the sum of the input's elements around it, each times the product of
/// its weights on all axes.
template <class T>
constexpr void evaluate(const resize_spec& s, std::span<const T> x, std::span<T> y)
{
    const shape extents = result(s).shape;
    per_axis at{};
    detail::taps_per_axis all{};
    for (T& value : y) {
        // The step before this one changed an axis and put those after it back to 0: the others' taps are still good.
        for (int a = extents.rank - 1; a >= 0; --a) {
            all[index(a)] = detail::taps(s, a, at[index(a)]);
            if (at[index(a)] > 0) {
                break;
            }
        }
        value = detail::resized_element(s, x, all);
        advance(at, extents);
    }
}

/// Counts the steps of the definition, which are more than its elements.
constexpr dim work(const resize_spec& s)
{
    dim taps = 1;
    const shape extents = result(s).shape;
    for (int a = 0; a < extents.rank; ++a) {
        taps = saturating_product(taps, extents[a] > 0 ? detail::taps(s, a, 0).count : 1);
    }
    return saturating_product(extents.count(), taps);
}

template <auto Result, class Operands, resize_attributes Attributes, class Secondary = into<>>
using resize = layer<resize_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
