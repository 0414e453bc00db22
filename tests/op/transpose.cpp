// Transpose: valid and invalid permutations.
#include <cameo/op/transpose.hpp>

namespace cameo {
namespace {

constexpr std::array<double, 6> turned()
{
    constexpr std::array<double, 6> x{1, 2, 3, 4, 5, 6};
    std::array<double, 6> y{};
    evaluate(transpose_spec{{{2, 0, 1}}, f64<1, 2, 3>}, std::span<const double>(x), std::span<double>(y));
    return y;
}

static_assert(turned() == std::array{1.0, 4.0, 2.0, 5.0, 3.0, 6.0});
static_assert(result(transpose_spec{{{2, 0, 1}}, i64<4, 5, 6>}) == i64<6, 4, 5>);
static_assert(result(transpose_spec{{{}}, f32<>}) == f32<>);
static_assert(check(transpose_spec{{{0, 0}}, f32<2, 2>}) == transpose_problem::permutation_must_name_every_axis_once);

}  // namespace
}  // namespace cameo
