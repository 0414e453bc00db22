// OneHot: the place of the new axis, negative indices, and indices out of range, which mark nothing.
#include <cameo/op/one_hot.hpp>

namespace cameo {
namespace {

constexpr std::array<double, 6> hot(int axis)
{
    constexpr std::array<std::int64_t, 3> indices{1, -2, 2};
    constexpr std::array<double, 2> values{0, 1};
    std::array<double, 6> y{};
    evaluate(one_hot_spec{{axis, 2}, i64<3>, f64<2>}, std::span<const std::int64_t>(indices),
        std::span<const double>(values), std::span<double>(y));
    return y;
}

static_assert(hot(1) == std::array{0.0, 1.0, 1.0, 0.0, 0.0, 0.0});
static_assert(hot(0) == std::array{0.0, 1.0, 0.0, 1.0, 0.0, 0.0});
static_assert(result(one_hot_spec{{1, 5}, i32<2, 3>, i64<2>}) == i64<2, 5, 3>);
static_assert(check(one_hot_spec{{0, -1}, i64<3>, f32<2>}) == one_hot_problem::depth_is_negative_or_too_large);
static_assert(check(one_hot_spec{{0, 2}, i64<3>, f32<3>}) == one_hot_problem::values_must_be_a_pair);

}  // namespace
}  // namespace cameo
