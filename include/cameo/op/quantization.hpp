// What quantized operators share: rounding, saturation, and the scale that belongs to an element.
#pragma once
#include <cameo/op/layer.hpp>
#include <limits>

namespace cameo::inline CAMEO_TARGET {

/// Determines the scale of an element: a common one, that of its position along an axis, or that of its block along the
/// axis.
struct scale_attributes {
    int axis = 1;
    dim block_size = 0;  ///< elements along the axis that share a scale; 0: a scale for each place, or one for all
    static constexpr void each(auto visit)
    {
        visit("axis", &scale_attributes::axis);
        visit("block_size", &scale_attributes::block_size);
    }
};

enum class quantization_problem {
    none,
    scale_must_be_one_number_or_one_for_each_place_along_the_axis,
    scale_must_have_one_number_for_each_block_along_the_axis,
    zero_point_must_have_the_shape_of_the_scale,
    element_type_is_not_supported,
};

constexpr quantization_problem check_scale(
    const scale_attributes& a, const shape& x, const shape& scale, const tensor_type& zero_point)
{
    using enum quantization_problem;
    if (zero_point.present() && zero_point.shape.count() != scale.count()) {
        return zero_point_must_have_the_shape_of_the_scale;
    }
    if (a.block_size > 0) {
        shape of_blocks = x;
        if (a.axis < 0 || a.axis >= x.rank) {
            return scale_must_have_one_number_for_each_block_along_the_axis;
        }
        of_blocks[a.axis] = x[a.axis] > 0 ? (x[a.axis] - 1) / a.block_size + 1 : 0;
        return scale == of_blocks ? none : scale_must_have_one_number_for_each_block_along_the_axis;
    }
    if (scale.count() == 1) {
        return none;
    }
    const bool one_for_each_place = a.axis >= 0 && a.axis < x.rank && scale == shape{x[a.axis]};
    return one_for_each_place ? none : scale_must_be_one_number_or_one_for_each_place_along_the_axis;
}

namespace detail {

/// Returns the position of an element's scale.
constexpr std::size_t place_of_scale(const scale_attributes& a, const shape& scale, per_axis at)
{
    if (scale.count() == 1) {
        return 0;
    }
    if (a.block_size == 0) {
        return index(at[index(a.axis)]);
    }
    at[index(a.axis)] /= a.block_size;
    return index(dot(at, strides_of(scale), scale.rank));
}

/// Rounds to the nearest integer, ties to even; std::nearbyint is not constexpr.
constexpr float nearest(float v)
{
    if (!(v > -0x1p23f && v < 0x1p23f)) {
        return v;
    }
    const auto whole = static_cast<std::int32_t>(v);
    const float rest = v - static_cast<float>(whole), distance = rest < 0 ? -rest : rest;
    const bool away = distance > 0.5f || (distance == 0.5f && whole % 2 != 0);
    return static_cast<float>(away ? whole + (rest < 0 ? -1 : 1) : whole);
}

/// Returns the nearest element of R, ties to even; NaN gives the lowest. A float stays.
template <class R>
constexpr R saturated(float v)
{
    if constexpr (std::is_floating_point_v<R>) {
        return v;
    } else if constexpr (is_narrow_int<R>) {
        return R(!(v > R::lowest) ? R::lowest : v >= R::highest ? R::highest : static_cast<int>(nearest(v)));
    } else {
        constexpr R low = std::numeric_limits<R>::min(), high = std::numeric_limits<R>::max();
        if (!(v > static_cast<float>(low))) {
            return low;
        }
        return v >= static_cast<float>(high) ? high : static_cast<R>(nearest(v));
    }
}

}  // namespace detail

}  // namespace cameo::inline CAMEO_TARGET
