// Slice: bounds, negative steps, and attributes that the importer must have resolved.
#include <cameo/op/slice.hpp>

namespace cameo {
namespace {

template <std::size_t N>
constexpr std::array<double, N> sliced(dim start, dim end, dim step)
{
    constexpr std::array<double, 5> x{0, 1, 2, 3, 4};
    std::array<double, N> y{};
    evaluate(slice_spec{{{start}, {end}, {step}}, f64<5>}, std::span<const double>(x), std::span<double>(y));
    return y;
}

static_assert(sliced<2>(1, 4, 2) == std::array{1.0, 3.0});
static_assert(sliced<3>(4, -1, -2) == std::array{4.0, 2.0, 0.0});

static_assert(result(slice_spec{{{0, 3}, {2, 1}, {1, -1}}, f32<2, 4>}) == f32<2, 2>);
static_assert(result(slice_spec{{{3}, {1}}, f32<4>}) == f32<0>);
static_assert(check(slice_spec{{{0}, {5}}, f32<4>}) == slice_problem::starts_or_ends_are_not_clamped_to_the_axis);
static_assert(
    check(slice_spec{{{0}, {4}, {0}}, f32<4>}) == slice_problem::step_must_not_be_zero_or_longer_than_the_axis);
static_assert(check(slice_spec{{{0}, {4}}, f32<4, 1>}) == slice_problem::starts_and_ends_need_one_number_per_axis);

}  // namespace
}  // namespace cameo
