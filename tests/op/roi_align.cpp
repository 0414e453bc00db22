// RoiAlign: shapes, points outside of the image, regions without elements, huge or infinite.
#include <cameo/op/roi_align.hpp>
#include <limits>

namespace cameo {
namespace {

/// Returns what one bin of one region pools from the image 1 2 3, 4 5 6.
constexpr double pooled(roi_align_attributes a, std::array<double, 4> roi)
{
    constexpr std::array<double, 6> x{1, 2, 3, 4, 5, 6};
    constexpr std::array<std::int64_t, 1> image{0};
    std::array<double, 1> y{};
    evaluate(roi_align_spec{a, f64<1, 1, 2, 3>, f64<1, 4>, i64<1>}, std::span<const double>(x),
        std::span<const double>(roi), std::span<const std::int64_t>(image), std::span<double>(y));
    return y[0];
}

using enum roi_mode;
using enum roi_coordinates;
constexpr double infinity = std::numeric_limits<double>::infinity();

static_assert(pooled({avg, half_pixel}, {0, 0, 3, 2}) == 3.5 && pooled({avg, half_pixel}, {1, 0, 2, 1}) == 2);
static_assert(
    pooled({avg, output_half_pixel}, {0, 0, 1, 1}) == 3 && pooled({avg, output_half_pixel}, {0, 0, 0, 0}) == 3);
static_assert(pooled({avg, half_pixel, 1, 1, 0, 0.5}, {2, 0, 4, 2}) == 2);
static_assert(pooled({max, half_pixel}, {0, 0, 3, 2}) == 6 && pooled({max, half_pixel, 1, 1, 1}, {1, 0, 3, 1}) == 1.5);

// A region without elements has no points; those outside count as 0.
static_assert(pooled({avg, half_pixel}, {2, 1, 2, 1}) == 0 && pooled({avg, half_pixel}, {2, 1, 1, 0}) == 0);
static_assert(pooled({avg, half_pixel, 1, 1, 1}, {0, 0, 60, 60}) == 0);
static_assert(pooled({avg, half_pixel}, {-3, 0, 3, 2}) > 0 && pooled({avg, half_pixel}, {-3, 0, 3, 2}) < 3.5);

// A region of any size takes no longer than the image is large.
static_assert(pooled({avg, output_half_pixel}, {-1e9, -1e9, 1e9, 1e9}) < 1e-9);
static_assert(pooled({max, half_pixel}, {-1, 0, infinity, 2}) == 0 && pooled({avg}, {0, 0, 3, infinity}) == 0);
static_assert(pooled({avg, output_half_pixel}, {0, infinity, 1, 1}) == 0);

constexpr roi_align_attributes bins{.rows = 7, .columns = 5};
static_assert(result(roi_align_spec{bins, f32<2, 3, 8, 9>, f32<6, 4>, i64<6>}) == f32<6, 3, 7, 5>);
static_assert(check(roi_align_spec{bins, f32<2, 3, 8, 9>, f32<6, 4>, i64<5>}) ==
              roi_align_problem::each_region_needs_the_index_of_its_image);
static_assert(check(roi_align_spec{bins, f32<2, 3, 8, 9>, f32<6, 5>, i64<6>}) ==
              roi_align_problem::rois_must_have_four_coordinates_each);
static_assert(
    check(roi_align_spec{bins, f32<2, 3, 0, 9>, f32<6, 4>, i64<6>}) == roi_align_problem::image_must_not_be_empty);

}  // namespace
}  // namespace cameo
