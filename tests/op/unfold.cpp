// Unfold: shapes, order, and what it refuses (tests/kernel/unfold.cpp holds the kernel against this definition).
#include <cameo/op/unfold.hpp>

namespace cameo {
namespace {

/// Space to depth: non-overlapping windows of 2 x 2 with a stride of two, over 1 2 3 | 4 5 6, padded at the end.
constexpr unfold_spec halved{
    {.window = {.kernel_shape = {2, 2}, .strides = {2, 2}, .pads_end = {0, 1}}}, f32<1, 1, 2, 3>};
static_assert(check(halved) == unfold_problem::none);
static_assert(result(halved) == f32<1, 4, 1, 2>);

constexpr auto evaluated = [] {
    constexpr std::array<float, 6> x{1, 2, 3, 4, 5, 6};
    std::array<float, 8> y{};
    evaluate(halved, std::span<const float>(x), std::span<float>(y));
    return y;
}();
static_assert(evaluated == std::array<float, 8>{1, 3, 2, 0, 4, 6, 5, 0});

// Parts of a 9 x 9 filter, three by three, see the input shifted by three; what is cut off at the end is not read.
constexpr unfold_spec shifted{
    {.window = {.kernel_shape = {3, 3}, .dilations = {3, 3}, .pads_begin = {4, 4}, .pads_end = {-1, 4}}},
    f32<1, 3, 20, 20>};
static_assert(check(shifted) == unfold_problem::none);
static_assert(result(shifted) == f32<1, 27, 17, 22>);
static_assert(shifted.reads(0, 9 + 5, 2) == 2 + 3 - 4 && shifted.reads(1, 9 + 5, 2) == 2 + 6 - 4);

static_assert(check(unfold_spec{{.window = {.kernel_shape = {2, 2}}}, f32<1, 3, 9>}) ==
              unfold_problem::input_must_have_a_batch_a_channel_and_two_spatial_axes);
static_assert(check(unfold_spec{{.window = {.kernel_shape = {2}}}, f32<1, 3, 9, 9>}) ==
              unfold_problem::kernel_strides_and_dilations_must_be_positive);
static_assert(check(unfold_spec{{.window = {.kernel_shape = {2, 2}, .strides = {0, 1}}}, f32<1, 3, 9, 9>}) ==
              unfold_problem::kernel_strides_and_dilations_must_be_positive);
static_assert(check(unfold_spec{{.window = {.kernel_shape = {2, 10}}}, f32<1, 3, 9, 9>}) ==
              unfold_problem::window_is_larger_than_the_padded_input);

}  // namespace
}  // namespace cameo
