// Winograd: its matrices, shapes, and what it refuses (tests/kernel/winograd.cpp holds it against convolution).
#include <cameo/op/winograd.hpp>

namespace cameo {
namespace {

constexpr winograd_transform f23(2, 3), f43(4, 3);
static_assert(f23.size() == 4 && f43.size() == 6);
// Of Lavin and Gray (arXiv:1509.09308), section 4.1, but for signs.
static_assert(f23.input[0][0] == -1 && f23.input[0][2] == 1 && f23.input[1][1] == 1 && f23.input[1][2] == 1 &&
              f23.input[3][1] == -1 && f23.input[3][3] == 1);
static_assert(f23.filter[1][0] == 0.5 && f23.filter[1][2] == 0.5 && f23.filter[2][1] == -0.5 && f23.filter[3][2] == 1);
static_assert(f43.output[3][1] == 1 && f43.output[3][3] == 8 && f43.output[3][4] == -8 && f43.output[3][5] == 1);

constexpr winograd_attributes padded{.filters = 20, .chunk = 5, .window = {.pads_begin = {1, 1}, .pads_end = {1, 1}}};
constexpr winograd_spec good{padded, f32<2, 3, 13, 8>, f32<36 * 32, 16>};
static_assert(check(good) == winograd_problem::none);
static_assert(result(good)[0] == f32<2, 20, 13, 8>);
static_assert(good.tiles() == 2 * 4 * 2 && good.tiles_together() == 5);
static_assert(result(good)[1].shape == shape{36 * (5 * 16 + 16 + 5 * 32 + 16)});
static_assert(multiplications(good) == 2 * 20 * 13 * 8 * 3 * 9);

// With a stride of 2, four phases of up to 2 x 2 of the 3 x 3 taps.
constexpr winograd_spec strided{
    {.tile = 5, .filters = 16, .window = {.strides = {2, 2}}}, f32<1, 3, 11, 23>, f32<36 * 16, 4 * 16>};
static_assert(
    check(strided) == winograd_problem::none && result(strided)[0] == f32<1, 16, 5, 11> && strided.tiles() == 3);

static_assert(multiplications(winograd_spec{{.tile = 5, .taps = 4, .filters = 64, .zero_taps = 12 * 16 - 3 * 49},
                  f32<1, 12, 115, 115>}) == 64 * 112 * 112 * 3 * 49);

static_assert(check(winograd_spec{padded, f32<2, 3, 13>, f32<36 * 32, 16>}) ==
              winograd_problem::input_must_have_a_batch_a_channel_and_two_spatial_axes);
static_assert(check(winograd_spec{{.tile = 7}, f32<1, 3, 9, 9>, f32<81 * 16, 16>}) ==
              winograd_problem::no_transform_for_this_tile_and_filter);
static_assert(check(winograd_spec{{.filters = 32, .group = 2}, f32<1, 24, 9, 9>, f32<36 * 32, 16>}) ==
              winograd_problem::groups_must_be_whole_blocks_of_channels_and_filters);
static_assert(check(winograd_spec{padded, f32<2, 3, 13, 8>, f32<36 * 20, 16>}) ==
              winograd_problem::filters_must_be_transformed_for_all_points_in_whole_blocks);
static_assert(check(winograd_spec{{.window = {.dilations = {2, 2}}}, f32<1, 3, 9, 9>, f32<36 * 16, 16>}) ==
              winograd_problem::strides_must_be_the_same_and_dilations_1);
static_assert(check(winograd_spec{{}, f32<1, 3, 2, 9>, f32<36 * 16, 16>}) ==
              winograd_problem::window_is_larger_than_the_padded_input);

}  // namespace
}  // namespace cameo
