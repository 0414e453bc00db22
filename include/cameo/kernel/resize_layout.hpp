// Which Resize works row by row. The generator plans by it; the kernel requires it.
#pragma once
#include <cameo/core/placement.hpp>
#include <cameo/kernel/layouts.hpp>
#include <cameo/op/resize.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Tells whether only rows and columns, or columns, are resized, and every element comes from the input.
constexpr bool resizes_rows(const resize_spec& s)
{
    if (s.x.element != element::float32 || !is_image(s.x) || result(s).shape.count() == 0 ||
        s.coordinates == coordinate_transformation::tf_crop_and_resize) {
        return false;
    }
    return detail::untouched(s, s.axis(0)) && detail::untouched(s, s.axis(1));
}

constexpr bool stored_alike(const resize_spec& s, const tensor_type& y) { return is_blocked(s.x) == is_blocked(y); }

/// In blocks where the input already is.
constexpr layouts wanted_layouts(const resize_spec& s, const layer_context&)
{
    return is_blocked(s.x) && resizes_rows(s) ? uniform(in_blocks) : layouts{};
}

}  // namespace cameo::inline CAMEO_TARGET
