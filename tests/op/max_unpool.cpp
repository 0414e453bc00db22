// MaxUnpool: its shape rule, what it refuses, indices that are equal or out of range.
#include <cameo/op/max_unpool.hpp>
#include <limits>

namespace cameo {
namespace {

/// Returns 1, 2, 3, 4 put at these indices into a result of 1 x 2 x 3.
constexpr std::array<double, 6> unpooled(std::array<std::int64_t, 4> indices)
{
    constexpr std::array<double, 4> x{1, 2, 3, 4};
    std::array<double, 6> y{9, 9, 9, 9, 9, 9};
    evaluate(max_unpool_spec{{{3}}, f64<1, 2, 2>, i64<1, 2, 2>}, std::span<const double>(x),
        std::span<const std::int64_t>(indices), std::span<double>(y));
    return y;
}

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min(), most = -1 - least;

// Indices count over channels; the last of equal ones wins.
static_assert(unpooled({1, 2, 3, 5}) == std::array{0.0, 1.0, 2.0, 3.0, 0.0, 4.0});
static_assert(unpooled({5, 0, 5, 0}) == std::array{4.0, 0.0, 0.0, 0.0, 0.0, 3.0});
static_assert(unpooled({-1, -6, 2, 2}) == std::array{2.0, 0.0, 4.0, 0.0, 0.0, 1.0});
static_assert(unpooled({6, -7, least, most}) == std::array{0.0, 0.0, 0.0, 0.0, 0.0, 0.0});

constexpr max_unpool_problem problem(const shape& extents, const tensor_type& x, const tensor_type& indices)
{
    return check(max_unpool_spec{{extents}, x, indices});
}

using enum max_unpool_problem;
static_assert(result(max_unpool_spec{{{9, 4}}, f32<2, 3, 4, 2>, i64<2, 3, 4, 2>}) == f32<2, 3, 9, 4>);
static_assert(problem({9, 4}, f32<2, 3, 4, 2>, i64<2, 3, 4, 2>) == none);
static_assert(problem({0}, f32<2, 3, 4>, i64<2, 3, 4>) == none);
static_assert(problem({}, f32<2, 3>, i64<2, 3>) == input_must_have_a_batch_a_channel_and_a_spatial_axis);
static_assert(problem({9}, f32<2, 3, 4>, i64<2, 12>) == indices_must_have_the_shape_of_the_input);
static_assert(problem({9}, f32<2, 3, 4>, {}) == indices_must_have_the_shape_of_the_input);
static_assert(problem({9, 1}, f32<2, 3, 4>, i64<2, 3, 4>) == result_must_have_one_extent_for_each_spatial_axis);
static_assert(problem({-1}, f32<2, 3, 4>, i64<2, 3, 4>) == pads_leave_nothing_of_the_result);
static_assert(problem({most}, f32<2, 3, 4>, i64<2, 3, 4>) == result_is_too_large);

}  // namespace
}  // namespace cameo
