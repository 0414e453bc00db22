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

/// A perfect tree: the node of its first block compares x[0] with 0, all those of the two behind it x[1] with 1. Leaf k
/// has weight k.
constexpr tree_ensemble_spec perfect{{SUM, 2, 1}, f32<1, 2>, f32<3, 16>, u8<3, 16>, absent, absent, f32<32, 1>, absent};
static_assert(check(perfect) == none && perfect.trees() == 1 && perfect.begin(1) == 1 && perfect.begin(2) == 3);

constexpr float leaf(std::array<float, 2> x)
{
    std::array<float, 48> thresholds{};
    std::array<std::uint8_t, 48> features{};
    std::array<float, 32> weights{};
    std::fill(thresholds.begin() + 16, thresholds.end(), 1.f);
    std::fill(features.begin() + 16, features.end(), std::uint8_t{1});
    std::generate(weights.begin(), weights.end(), [k = 0.f]() mutable { return k++; });
    std::array<float, 1> y{};
    evaluate(perfect, std::span<const float>(x), std::span<const float>(thresholds),
        std::span<const std::uint8_t>(features), {}, {}, std::span<const float>(weights), {}, std::span<float>(y));
    return y[0];
}
static_assert(leaf({0, 1}) == 0 && leaf({0, 2}) == 15 && leaf({1, 1}) == 16 && leaf({1, 2}) == 31);

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

constexpr tree_ensemble_problem perfect_with(auto change)
{
    tree_ensemble_spec s = perfect;
    change(s);
    return check(s);
}
static_assert(perfect_with([](auto& s) { s.roots = i32<2>; }) == roots_must_be_a_list);
static_assert(perfect_with([](auto& s) { s.root_levels = 0; }) == perfect_trees_must_have_all_blocks_and_leaves);
static_assert(perfect_with([](auto& s) { s.root_levels = 5; }) == perfect_trees_must_have_all_blocks_and_leaves);
static_assert(perfect_with([](auto& s) { s.levels = 3; }) == perfect_trees_must_have_all_blocks_and_leaves);
static_assert(perfect_with([](auto& s) { s.weights = f32<33, 1>; }) == perfect_trees_must_have_all_blocks_and_leaves);

}  // namespace
}  // namespace cameo
