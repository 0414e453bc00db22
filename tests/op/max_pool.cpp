// MaxPool: its shape rule, what it refuses, and the output Indices.
#include <cameo/op/max_pool.hpp>

namespace cameo {
namespace {

constexpr max_pool_spec over(const tensor_type& x, const window& w, bool column_major = false)
{
    return {{w, column_major}, x};
}

static_assert(result(over(f32<2, 3, 9, 8>, {.kernel_shape = {3, 2}, .strides = {2, 2}, .pads_begin = {1, 0}}))[0] ==
              f32<2, 3, 4, 4>);
static_assert(result(over(u8<1, 1, 7>, {.kernel_shape = {2}, .dilations = {3}}))[1] == i64<1, 1, 4>);

static_assert(check(over(f32<1, 1, 4>, {.kernel_shape = {2, 2}})) ==
              pool_problem::kernel_shape_must_have_one_extent_for_each_spatial_axis);
static_assert(check(over(f32<1>, {})) == pool_problem::kernel_shape_must_have_one_extent_for_each_spatial_axis);
static_assert(check(over(f32<1, 1, 4>, {.kernel_shape = {2}, .strides = {0}})) ==
              pool_problem::kernel_shape_strides_and_dilations_must_be_positive);
static_assert(check(over(f32<1, 1, 4>, {.kernel_shape = {0}})) ==
              pool_problem::kernel_shape_strides_and_dilations_must_be_positive);
static_assert(check(over(f32<1, 1, 4>, {.kernel_shape = {5}})) == pool_problem::window_is_larger_than_the_padded_input);
static_assert(check(over(f32<1, 1, 4>, {.kernel_shape = {2}, .pads_begin = {1}})) == pool_problem::none);
// Windows that would be empty: before the input, behind it, and one whose taps stand on both sides of it.
static_assert(check(over(f32<1, 1, 4>, {.kernel_shape = {2}, .pads_begin = {2}})) ==
              pool_problem::a_window_lies_in_the_padding_alone);
static_assert(check(over(f32<1, 1, 4>, {.kernel_shape = {2}, .pads_end = {2}})) ==
              pool_problem::a_window_lies_in_the_padding_alone);
static_assert(check(over(f32<1, 1, 3>, {.kernel_shape = {2}, .dilations = {5}, .pads_begin = {2}, .pads_end = {2}})) ==
              pool_problem::a_window_lies_in_the_padding_alone);
static_assert(check(over(f32<1, 1, 0>, {.kernel_shape = {1}, .pads_begin = {1}})) ==
              pool_problem::a_window_lies_in_the_padding_alone);

struct pooled_values {
    std::array<int, 4> y{};
    std::array<std::int64_t, 4> indices{};
    friend constexpr bool operator==(const pooled_values&, const pooled_values&) = default;
};

/// Pools 2 x 2 windows over a padded 3 x 3 plane, the second of two channels.
constexpr pooled_values pool(bool column_major)
{
    constexpr std::array<std::int32_t, 18> x{0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 2, 3, 4, -5, 9, 7, 9, 8};
    const max_pool_spec s =
        over(i32<1, 2, 3, 3>, {.kernel_shape = {2, 2}, .strides = {2, 2}, .pads_begin = {1, 1}}, column_major);
    std::array<std::int32_t, 8> y{};
    std::array<std::int64_t, 8> indices{};
    evaluate(s, std::span<const std::int32_t>(x), y, indices);
    return {{y[4], y[5], y[6], y[7]}, {indices[4], indices[5], indices[6], indices[7]}};
}

// Padding is below any element, and of equals the first is named.
static_assert(pool(false) == pooled_values{{-1, 3, 7, 9}, {9, 11, 15, 14}});
static_assert(pool(true) == pooled_values{{-1, 3, 7, 9}, {9, 15, 11, 16}});

}  // namespace
}  // namespace cameo
