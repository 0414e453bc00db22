// Taps of a window at moved places: between elements, outside the input, by two groups of channels.
#include <cameo/op/deformable_unfold.hpp>
#include <doctest/doctest.h>
#include <limits>

namespace cameo {
namespace {

using enum deformable_unfold_problem;

/// Two taps at the two positions on 10, 20, 30, where only the second tap moves.
constexpr std::array<double, 4> unfolded(double first, double second)
{
    constexpr std::array<double, 3> x{10, 20, 30};
    const std::array<double, 4> offset{0, 0, first, second};
    std::array<double, 4> y{};
    evaluate(deformable_unfold_spec{{.window = {.kernel_shape = {2}}}, f64<1, 1, 3>, f64<1, 2, 2>},
        std::span<const double>(x), std::span<const double>(offset), {}, std::span<double>(y));
    return y;
}
static_assert(unfolded(0, 0) == std::array{10.0, 20.0, 20.0, 30.0});
static_assert(unfolded(-0.25, 0.5) == std::array{10.0, 20.0, 17.5, 15.0});
static_assert(unfolded(-1e300, 1e300) == std::array{10.0, 20.0, 0.0, 0.0});

TEST_CASE("a tap that is moved by no number is outside")
{
    CHECK(unfolded(std::numeric_limits<double>::quiet_NaN(), 0) == std::array{10.0, 20.0, 0.0, 30.0});
}

constexpr deformable_unfold_spec grouped{
    {.window = {.kernel_shape = {2, 2}, .strides = {2, 1}, .pads_begin = {1, 0}}, .offset_groups = 2}, f32<2, 4, 5, 6>,
    f32<2, 16, 3, 5>, f32<2, 8, 3, 5>};
static_assert(check(grouped) == deformable_unfold_problem::none && result(grouped) == f32<2, 4, 4, 15>);

constexpr deformable_unfold_problem with(auto change)
{
    deformable_unfold_spec s = grouped;
    change(s);
    return check(s);
}
static_assert(with([](auto& s) { s.x = f32<2, 4>; }) == input_must_have_a_batch_a_channel_and_a_spatial_axis);
static_assert(with([](auto& s) { s.window.strides = {0, 1}; }) == kernel_strides_and_dilations_must_be_positive);
static_assert(with([](auto& s) { s.window.kernel_shape = {7, 2}; }) == window_is_larger_than_the_padded_input);
static_assert(with([](auto& s) { s.offset_groups = 3; }) == offset_groups_must_divide_the_channels);
static_assert(
    with([](auto& s) { s.offset = f32<2, 8, 3, 5>; }) == offsets_must_be_given_for_each_tap_and_axis_at_each_position);
static_assert(with([](auto& s) { s.mask = f32<2, 8, 3, 4>; }) == mask_must_have_a_factor_for_each_tap_at_each_position);

}  // namespace
}  // namespace cameo
