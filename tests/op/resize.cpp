// Resize: the coordinates that each mode reads, and edges.
#include <cameo/op/resize.hpp>

namespace cameo {
namespace {

constexpr std::array<double, 4> doubled(
    interpolation mode, coordinate_transformation coordinates, bool exclude_outside = false)
{
    constexpr std::array<double, 2> x{0, 4};
    resize_spec s{
        {.to = {4}, .scales = {2}, .mode = mode, .coordinates = coordinates, .exclude_outside = exclude_outside},
        f64<2>};
    std::array<double, 4> y{};
    evaluate(s, std::span<const double>(x), std::span<double>(y));
    return y;
}

using enum interpolation;
using enum coordinate_transformation;
static_assert(doubled(nearest, half_pixel) == std::array{0.0, 0.0, 4.0, 4.0});
static_assert(doubled(linear, half_pixel) == std::array{0.0, 1.0, 3.0, 4.0});
static_assert(doubled(linear, asymmetric) == std::array{0.0, 2.0, 4.0, 4.0});
static_assert(doubled(linear, half_pixel, true) == std::array{0.0, 1.0, 3.0, 4.0});

/// Shrinks an axis to a third, with and without a filter that reaches all elements, and with extended edges.
constexpr std::uint8_t shrunk(bool antialias)
{
    constexpr std::array<std::uint8_t, 3> x{200, 100, 200};
    resize_spec s{{.to = {1}, .scales = {1.0 / 3}, .mode = linear, .antialias = antialias}, u8<3>};
    std::array<std::uint8_t, 1> y{};
    evaluate(s, std::span<const std::uint8_t>(x), std::span<std::uint8_t>(y));
    return y[0];
}

static_assert(shrunk(false) == 100);
static_assert(shrunk(true) == 167);  // (1 * 200 + 2 * 200 + 3 * 100 + 2 * 200 + 1 * 200) / 9

static_assert(check(resize_spec{{.to = {4}, .scales = {2}}, f32<2>}) == resize_problem::none);
static_assert(
    check(resize_spec{{.scales = {1e10}}, f32<0>}) == resize_problem::scales_must_lie_between_1e_minus_9_and_1e9);
static_assert(
    check(resize_spec{{.to = {4}, .scales = {2}}, f32<0>}) == resize_problem::an_empty_axis_cannot_become_longer);
static_assert(check(resize_spec{{.to = {4}, .scales = {2}, .mode = linear}, boolean<2>}) ==
              resize_problem::booleans_cannot_be_interpolated);

}  // namespace
}  // namespace cameo
