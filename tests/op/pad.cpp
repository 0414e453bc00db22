// Pad: every mode, pads longer than the axis, and negative pads.
#include <cameo/op/pad.hpp>

namespace cameo {
namespace {

template <std::size_t N>
constexpr std::array<double, N> padded(pad_mode mode, dim begin, dim end)
{
    constexpr std::array<double, 3> x{1, 2, 3};
    constexpr std::array<double, 1> value{9};
    std::array<double, N> y{};
    evaluate(pad_spec{{mode, {begin}, {end}}, f64<3>, f64<>}, std::span<const double>(x),
        std::span<const double>(value), std::span<double>(y));
    return y;
}

static_assert(padded<5>(pad_mode::constant, 1, 1) == std::array{9.0, 1.0, 2.0, 3.0, 9.0});
static_assert(padded<3>(pad_mode::constant, -1, 1) == std::array{2.0, 3.0, 9.0});
static_assert(padded<5>(pad_mode::edge, 2, 0) == std::array{1.0, 1.0, 1.0, 2.0, 3.0});
static_assert(padded<9>(pad_mode::reflect, 1, 5) == std::array{2.0, 1.0, 2.0, 3.0, 2.0, 1.0, 2.0, 3.0, 2.0});
static_assert(padded<8>(pad_mode::wrap, 4, 1) == std::array{3.0, 1.0, 2.0, 3.0, 1.0, 2.0, 3.0, 1.0});
// What is removed is not repeated.
static_assert(padded<4>(pad_mode::edge, -1, 2) == std::array{2.0, 3.0, 3.0, 3.0});
static_assert(padded<4>(pad_mode::wrap, -1, 2) == std::array{2.0, 3.0, 2.0, 3.0});

static_assert(result(pad_spec{{pad_mode::constant, {1, -1}, {0, 2}}, f32<2, 3>}) == f32<3, 4>);
static_assert(check(pad_spec{{pad_mode::constant, {-2}, {-2}}, f32<3>}) ==
              pad_problem::negative_pads_remove_more_elements_than_there_are);
static_assert(
    check(pad_spec{{pad_mode::edge, {1}, {0}}, f32<0>}) == pad_problem::an_axis_without_elements_has_nothing_to_repeat);
static_assert(check(pad_spec{{pad_mode::constant, {1}, {0}}, f32<0>}) == pad_problem::none);

}  // namespace
}  // namespace cameo
