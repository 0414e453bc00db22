// Trilu: both triangles, and diagonals far outside the matrix.
#include <cameo/op/trilu.hpp>

namespace cameo {
namespace {

constexpr std::array<double, 6> triangle(bool upper, dim k)
{
    constexpr std::array<double, 6> x{1, 2, 3, 4, 5, 6};
    std::array<double, 6> y{};
    evaluate(trilu_spec{{upper, k}, f64<2, 3>}, std::span<const double>(x), std::span<double>(y));
    return y;
}

static_assert(triangle(true, 1) == std::array{0.0, 2.0, 3.0, 0.0, 0.0, 6.0});
static_assert(triangle(false, 0) == std::array{1.0, 0.0, 0.0, 4.0, 5.0, 0.0});
static_assert(triangle(true, max_count) == std::array<double, 6>{});
static_assert(check(trilu_spec{{}, f32<3>}) == trilu_problem::input_must_have_two_axes);

}  // namespace
}  // namespace cameo
