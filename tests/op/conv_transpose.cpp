// ConvTranspose: shapes with strides, pads and groups, what it refuses, and overlapping windows by hand.
#include <cameo/op/conv_transpose.hpp>

using namespace cameo;

namespace {

constexpr conv_transpose_spec with(conv_transpose_attributes a, tensor_type x, tensor_type w) { return {a, x, w}; }
static_assert(result(with({.window = {.strides = {3, 2}}}, f32<1, 1, 3, 3>, f32<1, 2, 3, 3>)) == f32<1, 2, 9, 7>);
static_assert(result(with({.window = {.strides = {3, 2}, .pads_end = {-1, -1}}}, f32<1, 1, 3, 3>, f32<1, 2, 3, 3>)) ==
              f32<1, 2, 10, 8>);
static_assert(result(with({.window = {.dilations = {2}}, .group = 2}, f32<1, 4, 3>, f32<4, 3, 2>)) == f32<1, 6, 5>);
static_assert(check(with({.group = 3}, f32<1, 4, 3>, f32<4, 3, 2>)) ==
              conv_transpose_problem::group_must_divide_the_input_channels);
static_assert(
    check(with({}, f32<1, 2, 3>, f32<4, 3, 2>)) == conv_transpose_problem::input_channels_must_equal_weight_rows);
static_assert(check(with({}, f32<1, 4, 3>, f32<4, 3, 0>)) == conv_transpose_problem::window_must_not_be_empty);
static_assert(check(with({.window = {.pads_begin = {4}}}, f32<1, 4, 3>, f32<4, 3, 2>)) ==
              conv_transpose_problem::pads_leave_nothing_of_the_result);

/// Computes two inputs with a stride of 2 and three taps, which overlap in the middle.
constexpr auto line = [] {
    constexpr conv_transpose_spec s{{.window = {.strides = {2}}}, f32<1, 1, 2>, f32<1, 1, 3>};
    static_assert(check(s) == conv_transpose_problem::none);
    const std::array x{1.0f, 10.0f};
    const std::array w{1.0f, 2.0f, 3.0f};
    std::array<float, 5> y{};
    evaluate<float>(s, x, w, {}, {}, y);
    return y;
}();
static_assert(line == std::array{1.0f, 2.0f, 13.0f, 20.0f, 30.0f});

}  // namespace
