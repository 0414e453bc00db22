// TreeEnsemble: paths through two levels of blocks, NaN, aggregates, and what is no ensemble.
#include <cameo/op/tree_ensemble.hpp>

namespace cameo {
namespace {

using enum tree_ensemble_problem;
using enum tree_aggregate;

/// One tree of two blocks. All nodes of the first compare x[0] with 0, those of the second x[1] with 1; its last exit
/// leads to the second block, others of the first to leaf 0, of the second to leaf 1 on the left and 2 on the right.
constexpr float reached(std::array<float, 2> x, tree_aggregate aggregate, std::uint16_t missing = 0)
{
    std::array<float, 32> thresholds{};
    std::array<std::uint8_t, 32> features{};
    std::array<std::int32_t, 32> next{};
    for (std::size_t k = 0; k < 32; ++k) {
        thresholds[k] = k < 16 ? 0.f : 1.f;
        features[k] = k < 16 ? 0 : 1;
        next[k] = k < 15 ? -1 : k == 15 ? 1 : k < 24 ? -2 : -3;
    }
    constexpr std::array<std::int32_t, 2> roots{0, -1};
    constexpr std::array<float, 3> weights{10, 20, 40};
    const std::array<std::uint16_t, 2> of_missing{missing, missing};
    std::array<float, 1> y{};
    evaluate(
        tree_ensemble_spec{{aggregate, 2}, f32<1, 2>, f32<2, 16>, u8<2, 16>, i32<2, 16>, i32<2>, f32<3, 1>, u16<2>},
        std::span<const float>(x), std::span<const float>(thresholds), std::span<const std::uint8_t>(features),
        std::span<const std::int32_t>(next), std::span<const std::int32_t>(roots), std::span<const float>(weights),
        of_missing, std::span<float>(y));
    return y[0];
}
constexpr float nan = std::numeric_limits<float>::quiet_NaN();
static_assert(reached({0, 5}, SUM) == 20 && reached({1, 1}, SUM) == 30 && reached({1, 2}, SUM) == 50);
static_assert(reached({1, 2}, AVERAGE) == 25 && reached({1, 2}, MIN) == 10 && reached({1, 2}, MAX) == 40);
static_assert(reached({nan, nan}, SUM) == 50 && reached({nan, nan}, SUM, 1) == 20);

constexpr tree_ensemble_spec whole{{SUM, 2}, f32<5, 2>, f32<2, 16>, u8<2, 16>, i32<2, 16>, i32<2>, f32<3, 4>};
static_assert(check(whole) == none && result(whole) == f32<5, 4>);

constexpr tree_ensemble_problem with(auto change)
{
    tree_ensemble_spec s = whole;
    change(s);
    return check(s);
}
static_assert(with([](auto& s) { s.x = f32<5>; }) == input_must_be_rows_x_features);
static_assert(with([](auto& s) { s.next = i32<2, 15>; }) == blocks_must_have_16_thresholds_features_and_exits);
static_assert(with([](auto& s) { s.roots = i32<2, 1>; }) == roots_must_be_a_list);
static_assert(with([](auto& s) { s.weights = f32<0, 4>; }) == weights_must_be_leaves_x_targets);
static_assert(with([](auto& s) { s.missing = u16<3>; }) == missing_must_be_one_number_for_each_block);
static_assert(with([](auto& s) { s.levels = 0; }) == there_must_be_a_level);

}  // namespace
}  // namespace cameo
