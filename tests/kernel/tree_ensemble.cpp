// Holds the fast path of TreeEnsemble against the definition, on rows that equal thresholds, NaN and infinities.
#include "kernel/compare.hpp"
#include "kernel/random_spec.hpp"
#include <cameo/kernel/tree_ensemble.hpp>
#include <doctest/doctest.h>

using namespace cameo;

namespace {

constexpr tree_ensemble_spec random_trees(int seed)
{
    test::dice roll(seed);
    tree_ensemble_spec s;
    s.aggregate = roll.pick(tree_aggregate::SUM, tree_aggregate::AVERAGE, tree_aggregate::MIN, tree_aggregate::MAX);
    const bool perfect = roll.once_in(2);
    s.levels = roll(1, perfect ? 2 : 4);
    s.root_levels = roll(1, 4);
    s.x = {element::float32, {roll.pick(1, 1, 5, 40), roll.pick(roll(1, 8), roll(9, 16), roll(17, 32), roll(33, 200))}};
    const dim targets = roll.pick(1, 1, 3, 20), trees = roll(1, 9);
    if (perfect) {
        s.weights = {element::float32, {trees * s.width(s.levels), targets}};
        s.thresholds = {element::float32, {s.begin(s.levels), s.exits}};
    } else {
        s.weights = {element::float32, {roll(1, 50), targets}};
        s.thresholds = {element::float32, {s.levels * roll(1, 5), s.exits}};
        s.next = {element::int32, s.thresholds.shape};
        s.roots = {element::int32, {trees}};
    }
    s.features = {element::uint8, s.thresholds.shape};
    if (roll.once_in(2)) {
        s.missing = {element::uint16, {s.thresholds.shape[0]}};
    }
    return s;
}

/// The operands behind x. Exits lead to leaves, or to blocks of the next level.
struct forest {
    std::vector<float> thresholds, weights;
    std::vector<std::uint8_t> features;
    std::vector<std::int32_t> next, roots;
    std::vector<std::uint16_t> missing;
};

float random_number(std::mt19937& random)
{
    constexpr float special[] = {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
        -std::numeric_limits<float>::infinity(), -0.f};
    const auto n = static_cast<int>(random() % 64);
    return n < 4 ? special[n] : static_cast<float>(n % 13 - 6) / 4;
}

forest random_forest(const tree_ensemble_spec& s, std::mt19937& random)
{
    forest f;
    const dim blocks = s.thresholds.shape[0], of_level = blocks / s.levels;
    const auto below = [&](dim n) { return static_cast<dim>(random() % static_cast<unsigned>(n)); };
    const auto target = [&](dim level) {
        const bool is_leaf = level == s.levels || below(3) == 0;
        return static_cast<std::int32_t>(is_leaf ? -1 - below(s.weights.shape[0]) : level * of_level + below(of_level));
    };
    for (dim k = 0; k < blocks * s.exits; ++k) {
        const float threshold = random_number(random);
        f.thresholds.push_back(cameo::detail::is_a_number(threshold) ? threshold : 0);
        f.features.push_back(static_cast<std::uint8_t>(below(s.x.shape[1])));
        f.next.push_back(target(k / s.exits / of_level + 1));
    }
    for (dim k = 0; k < s.trees(); ++k) {
        f.roots.push_back(target(0));
    }
    for (dim k = 0; k < s.weights.shape.count(); ++k) {
        f.weights.push_back(static_cast<float>(below(1000)) / 7 - 70);
    }
    for (dim k = 0; k < s.missing.shape.count() && s.missing.present(); ++k) {
        f.missing.push_back(static_cast<std::uint16_t>(random()));
    }
    return f;
}

}  // namespace

TEST_CASE("random trees")
{
    test::for_each_seed<40>([]<int Seed> {
        static constexpr tree_ensemble_spec s = random_trees(Seed);
        static_assert(check(s) == tree_ensemble_problem::none);
        static_assert(!requires { kernel<s, result(s)>::plain_definition; });
        std::mt19937 random(Seed);
        const forest f = random_forest(s, random);
        std::vector<float> x(index(s.x.shape.count())), found(index(result(s).shape.count()), 999.f), expected = found;
        std::generate(x.begin(), x.end(), [&] { return random_number(random); });
        const auto call = [&](auto function, std::span<float> y) {
            function(std::span<const float>(x), std::span<const float>(f.thresholds),
                std::span<const std::uint8_t>(f.features), std::span<const std::int32_t>(f.next),
                std::span<const std::int32_t>(f.roots), std::span<const float>(f.weights),
                std::span<const std::uint16_t>(f.missing), y);
        };
        call([](auto... operands) { kernel<s, result(s)>::run(operands...); }, found);
        call([](auto... operands) { evaluate(s, operands...); }, expected);
        CAPTURE(Seed);
        CHECK(found == expected);
        return true;
    });
}
