// Which RoiAlign finds the points of a bin once for all channels. The generator plans by it; the kernel requires it.
#pragma once
#include <cameo/core/placement.hpp>
#include <cameo/kernel/layouts.hpp>
#include <cameo/op/roi_align.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Returns a bound on the points of all bins of an axis that lie in an image of `extent` elements: those of an adaptive
/// grid are at least half an element apart, unless each bin has one.
constexpr dim most_points(const roi_align_spec& s, dim extent, dim bins)
{
    return s.sampling_ratio > 0 ? saturating_product(s.sampling_ratio, bins)
                                : saturating_sum(saturating_product(2, saturating_sum(extent, 2)), bins);
}

/// Tells whether the points of a region fit the stack.
constexpr bool pools_regions(const roi_align_spec& s)
{
    constexpr dim longest = 2048;
    return s.x.element == element::float32 && result(s).shape.count() > 0 &&
           most_points(s, s.x.shape[2], s.rows) <= longest && most_points(s, s.x.shape[3], s.columns) <= longest;
}

/// In blocks where the images already are.
constexpr layouts wanted_layouts(const roi_align_spec& s, const layer_context&)
{
    return is_blocked(s.x) && pools_regions(s) ? layouts{{in_blocks}, in_blocks} : layouts{};
}

}  // namespace cameo::inline CAMEO_TARGET
