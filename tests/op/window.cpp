// Windows whose pads follow from the extents of the input: auto_pad and ceil_mode.
#include <cameo/op/average_pool.hpp>
#include <cameo/op/conv.hpp>

namespace cameo {
namespace {

constexpr shape pads(const window& w, dim extent, dim taps)
{
    const window settled = w.settled({extent}, {taps});
    return {settled.pad_begin(0), settled.pad_end(0), settled.positions(0, extent, taps)};
}

constexpr window same_upper{.strides = {2}, .auto_pad = auto_pad::same_upper};
constexpr window same_lower{.strides = {2}, .auto_pad = auto_pad::same_lower};
static_assert(pads(same_upper, 8, 3) == shape{0, 1, 4});
static_assert(pads(same_lower, 8, 3) == shape{1, 0, 4});
static_assert(pads(same_upper, 9, 3) == shape{1, 1, 5});
static_assert(pads(same_upper, 9, 1) == shape{0, 0, 5});  // a stride beyond the window pads nothing

constexpr window up{.strides = {2}, .pads_begin = {1}, .pads_end = {1}, .ceil_mode = true};
static_assert(pads(up, 7, 3) == shape{1, 1, 4});
static_assert(pads(up, 8, 3) == shape{1, 2, 5});
static_assert(pads(up, 8, 2) == shape{1, 1, 5});
static_assert(pads(window{.strides = {3}, .ceil_mode = true}, 4, 1) == shape{0, 0, 2});

// Specs settle themselves where they are made from attributes, as layers are.
static_assert(result(make_spec<conv_spec>({.window = same_upper}, f32<1, 1, 9>, f32<1, 1, 3>)) == f32<1, 1, 5>);

constexpr average_pool_spec pool = make_spec<average_pool_spec>(
    {.window = {.kernel_shape = {3}, .strides = {2}, .pads_begin = {1}, .pads_end = {1}, .ceil_mode = true},
        .count_include_pad = true},
    f32<1, 1, 8>);
static_assert(pool.window.is_settled() && pool.window.pads_end == shape{2});
static_assert(pool.uncounted_end == shape{1});  // what ceil_mode adds is never counted

}  // namespace
}  // namespace cameo
