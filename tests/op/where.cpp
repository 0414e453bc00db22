// Where: all three operands broadcast together.
#include <cameo/op/where.hpp>

namespace cameo {
namespace {

constexpr std::array<double, 4> chosen()
{
    constexpr std::array<bool, 2> condition{true, false};
    constexpr std::array<double, 2> x{1, 2};
    constexpr std::array<double, 1> y{0};
    std::array<double, 4> z{};
    evaluate(where_spec{{}, boolean<2>, f64<2, 1>, f64<>}, std::span<const bool>(condition), std::span<const double>(x),
        std::span<const double>(y), std::span<double>(z));
    return z;
}

static_assert(chosen() == std::array{1.0, 0.0, 2.0, 0.0});
static_assert(result(where_spec{{}, boolean<3, 1, 1>, f32<4>, f32<2, 1>}) == f32<3, 2, 4>);
static_assert(check(where_spec{{}, boolean<2>, f32<3>, f32<1>}) == where_problem::operands_do_not_broadcast_together);
static_assert(check(where_spec{{}, boolean<2>, f32<2>}) == where_problem::an_operand_is_missing);

}  // namespace
}  // namespace cameo
