// LpNormalization: a norm of 0 gives 0.
#include <cameo/op/lp_normalization.hpp>

namespace cameo {
namespace {

constexpr std::array<double, 4> normalized()
{
    constexpr std::array<double, 4> x{-1, 0, 3, 0};
    std::array<double, 4> y{};
    evaluate(lp_normalization_spec{{.axis = 0, .p = 1}, f64<2, 2>}, std::span<const double>(x), std::span<double>(y));
    return y;
}

static_assert(normalized() == std::array{-0.25, 0.0, 0.75, 0.0});
static_assert(check(lp_normalization_spec{{.p = 3}, f32<2>}) == lp_normalization_problem::p_must_be_1_or_2);
static_assert(check(lp_normalization_spec{{.axis = 1}, f32<2>}) == lp_normalization_problem::axis_is_out_of_range);

}  // namespace
}  // namespace cameo
