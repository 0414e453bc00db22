// Hardmax over one axis and over several, and ties, of which the first wins.
#include <cameo/op/hardmax.hpp>

namespace cameo {
namespace {

constexpr std::array<float, 6> largest(int first, int last)
{
    constexpr std::array<float, 6> x{3, 1, 3, 2, 5, 3};
    std::array<float, 6> y{};
    evaluate(hardmax_spec{{first, last}, f32<2, 3>}, std::span<const float>(x), std::span<float>(y));
    return y;
}

static_assert(largest(1, 2) == std::array<float, 6>{1, 0, 0, 0, 1, 0});
static_assert(largest(0, 1) == std::array<float, 6>{1, 0, 1, 0, 1, 0});
static_assert(largest(0, 2) == std::array<float, 6>{0, 0, 0, 0, 1, 0});
static_assert(check(hardmax_spec{{0, 3}, f32<2, 3>}) == hardmax_problem::axis_is_out_of_range);

}  // namespace
}  // namespace cameo
