// NonZero: positions in row-major order, zeros behind them, and a count that exceeds the capacity.
#include <cameo/op/non_zero.hpp>

namespace cameo {
namespace {

constexpr std::array<std::int64_t, 5> found(dim capacity)
{
    constexpr std::array<float, 6> x{0, 3, -0.0f, 0, 5, 7};
    std::array<std::int64_t, 4> places{9, 9, 9, 9};
    std::array<std::int64_t, 1> count{};
    evaluate(non_zero_spec{{capacity}, f32<2, 3>}, std::span<const float>(x),
        std::span(places).first(index(2 * capacity)), std::span<std::int64_t>(count));
    return {count[0], places[0], places[1], places[2], places[3]};
}

static_assert(found(2) == std::array<std::int64_t, 5>{3, 0, 1, 1, 1});
static_assert(found(1) == std::array<std::int64_t, 5>{3, 0, 1, 9, 9}, "nothing is written beyond the room");
static_assert(found(0) == std::array<std::int64_t, 5>{3, 9, 9, 9, 9});
static_assert(result(non_zero_spec{{4}, f32<2, 3>}) == std::array{i64<2, 4>, i64<>});
static_assert(check(non_zero_spec{{4}, f32<>}) == non_zero_problem::input_must_have_an_axis);

}  // namespace
}  // namespace cameo
