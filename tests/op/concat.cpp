// Concat along an inner axis, and operands that do not fit together.
#include <cameo/op/concat.hpp>

namespace cameo {
namespace {

constexpr std::array<double, 6> joined()
{
    constexpr std::array<double, 4> a{1, 2, 3, 4};
    constexpr std::array<double, 2> b{5, 6};
    const std::array<std::span<const double>, 2> x{a, b};
    std::array<double, 6> y{};
    evaluate(
        concat_spec{{1}, {f64<2, 2>, f64<2, 1>}}, std::span<const std::span<const double>>(x), std::span<double>(y));
    return y;
}

static_assert(joined() == std::array{1.0, 2.0, 5.0, 3.0, 4.0, 6.0});
static_assert(result(concat_spec{{1}, {f32<2, 0>, f32<2, 3>}}) == f32<2, 3>);
static_assert(
    check(concat_spec{{0}, {f32<2, 2>, f32<2, 3>}}) == concat_problem::operands_must_agree_except_along_the_axis);
static_assert(
    check(concat_spec{{0}, {f32<2>, f32<2, 1>}}) == concat_problem::operands_must_agree_except_along_the_axis);
static_assert(check(concat_spec{{0}, {f32<2>, i32<2>}}) == concat_problem::operands_must_have_one_element_type);
static_assert(check(concat_spec{{0}, {f32<>}}) == concat_problem::axis_is_out_of_range);

}  // namespace
}  // namespace cameo
