// Which Resize works row by row. The generator plans by it; the kernel requires it.
#pragma once
#include <cameo/core/placement.hpp>
#include <cameo/kernel/layouts.hpp>
#include <cameo/op/resize.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Tells whether only rows and columns, or columns, are resized, every element comes from the input, and a row fits the
/// stack.
constexpr bool resizes_rows(const resize_spec& s)
{
    constexpr dim longest_row = 16384;
    if (s.x.element != element::float32 || !is_image(s.x) || s.to.count() == 0 ||
        s.coordinates == coordinate_transformation::tf_crop_and_resize) {
        return false;
    }
    return detail::untouched(s, s.axis(0)) && detail::untouched(s, s.axis(1)) &&
           detail::stored_extents(s.x).columns * block <= longest_row;
}

constexpr bool stored_alike(const resize_spec& s, const tensor_type& y) { return is_blocked(s.x) == is_blocked(y); }

/// In blocks where the input already is.
constexpr layouts wanted_layouts(const resize_spec& s, const layer_context&)
{
    return is_blocked(s.x) && resizes_rows(s) ? uniform(in_blocks) : layouts{};
}

}  // namespace cameo::inline CAMEO_TARGET
