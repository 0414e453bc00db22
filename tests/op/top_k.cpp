// TopK: ties, NaN, and outputs that nothing reads.
#include <cameo/op/top_k.hpp>
#include <limits>

namespace cameo {
namespace {

constexpr float nan = std::numeric_limits<float>::quiet_NaN();

constexpr std::array<std::int64_t, 3> best(bool largest, bool with_values)
{
    constexpr std::array<float, 5> x{2, nan, 1, 2, 3};
    std::array<std::int64_t, 3> indices{};
    std::array<float, 3> values{};
    evaluate(top_k_spec{{.k = 3, .largest = largest}, f32<5>}, std::span<const float>(x),
        with_values ? std::span(values) : std::span<float>(), std::span<std::int64_t>(indices));
    return indices;
}

static_assert(best(true, true) == std::array<std::int64_t, 3>{1, 4, 0});
static_assert(best(true, false) == best(true, true));
static_assert(best(false, true) == std::array<std::int64_t, 3>{2, 0, 3});
static_assert(best(false, false) == best(false, true));

static_assert(result(top_k_spec{{.axis = 1, .k = 2}, f32<3, 4>}) == std::array{f32<3, 2>, i64<3, 2>});
static_assert(check(top_k_spec{{.k = 6}, f32<5>}) == top_k_problem::k_must_lie_between_0_and_the_extent_of_the_axis);

}  // namespace
}  // namespace cameo
