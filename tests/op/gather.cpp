// Gather, GatherElements and GatherND: negative indices, and indices out of range, which read the nearest element.
#include <cameo/op/gather.hpp>
#include <cameo/op/gather_elements.hpp>
#include <cameo/op/gather_nd.hpp>
#include <limits>

namespace cameo {
namespace {

constexpr std::array<std::int64_t, 4> indices{-1, 7, -9, std::numeric_limits<std::int64_t>::min()};

template <class Spec>
constexpr std::array<double, 4> gathered(const Spec& s)
{
    constexpr std::array<double, 3> x{1, 2, 3};
    std::array<double, 4> y{};
    evaluate(s, std::span<const double>(x), std::span<const std::int64_t>(indices), std::span<double>(y));
    return y;
}

static_assert(gathered(gather_spec{{}, f64<3>, i64<4>}) == std::array{3.0, 3.0, 1.0, 1.0});
static_assert(gathered(gather_elements_spec{{}, f64<3>, i64<4>}) == std::array{3.0, 3.0, 1.0, 1.0});
static_assert(gathered(gather_nd_spec{{}, f64<3>, i64<4, 1>}) == std::array{3.0, 3.0, 1.0, 1.0});

static_assert(result(gather_spec{{1}, f32<2, 3, 4>, i64<>}) == f32<2, 4>);
static_assert(result(gather_spec{{1}, f32<2, 3, 4>, i64<5, 6>}) == f32<2, 5, 6, 4>);
static_assert(check(gather_spec{{0}, f32<0>, i64<1>}) == gather_problem::axis_has_no_elements_to_gather);
static_assert(
    check(gather_spec{{0}, f32<1, 1, 1, 1, 1, 1, 1, 1>, i64<1, 1>}) == gather_problem::result_has_too_many_axes);
static_assert(
    check(gather_elements_spec{{1}, f32<2, 3>, i64<3, 3>}) == gather_elements_problem::indices_reach_beyond_the_input);
static_assert(result(gather_nd_spec{{1}, f32<2, 3, 4>, i64<2, 1>}) == f32<2, 4>);
static_assert(check(gather_nd_spec{{1}, f32<2, 3>, i64<3, 1>}) ==
              gather_nd_problem::batch_axes_of_input_and_indices_must_be_equal);

}  // namespace
}  // namespace cameo
