// GridSample: shapes, coordinates far outside or NaN, and an axis of one element.
#include <cameo/op/grid_sample.hpp>
#include <limits>

namespace cameo {
namespace {

/// Returns what a grid of one point reads from the row 1 2 3.
constexpr double read(grid_sample_attributes a, double place)
{
    constexpr std::array<double, 3> x{1, 2, 3};
    const std::array<double, 1> grid{place};
    std::array<double, 1> y{};
    evaluate(grid_sample_spec{a, f64<1, 1, 3>, f64<1, 1, 1>}, std::span<const double>(x), std::span<const double>(grid),
        std::span<double>(y));
    return y[0];
}

using enum interpolation;
using enum grid_padding;
constexpr double infinity = std::numeric_limits<double>::infinity(),
                 not_a_number = std::numeric_limits<double>::quiet_NaN();

static_assert(read({linear, zeros, true}, 0.5) == 2.5 && read({linear, zeros, false}, -1) == 0.5);
static_assert(read({linear, border, false}, 7) == 3 && read({linear, zeros, false}, 7) == 0);
static_assert(read({linear, reflection, true}, 1.5) == 2.5 && read({linear, reflection, true}, -4.5) == 1.5);
static_assert(read({nearest, reflection, false}, 5.0 / 3) == 2 && read({nearest, zeros, true}, -0.5) == 1);
static_assert(read({nearest, border, true}, infinity) == 3 && read({linear, zeros, true}, -infinity) == 0 &&
              read({linear, border, true}, not_a_number) == 1);
static_assert(read({cubic, border, true}, 0) == 2 && read({cubic, border, true}, infinity) == 3 &&
              read({cubic, border, true}, -3) == 1);

constexpr detail::grid_axis single{1, reflection, true};
static_assert(single.element(5) == 0 && single.inside(linear, 3) == 0);

static_assert(result(grid_sample_spec{{}, f32<2, 3, 4, 5>, f32<2, 6, 7, 2>}) == f32<2, 3, 6, 7>);
static_assert(check(grid_sample_spec{{}, f32<2, 3, 4, 5>, f32<2, 6, 7, 3>}) ==
              grid_sample_problem::grid_must_have_a_place_on_each_spatial_axis);
static_assert(check(grid_sample_spec{{}, f32<2, 3, 4, 5>, f32<1, 6, 7, 2>}) ==
              grid_sample_problem::grid_must_have_the_batch_and_the_rank_of_the_input);
static_assert(
    check(grid_sample_spec{{}, f32<2, 3, 0, 5>, f32<2, 6, 7, 2>}) == grid_sample_problem::image_must_not_be_empty);

}  // namespace
}  // namespace cameo
