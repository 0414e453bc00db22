// PairwiseCoupling: probabilities that agree with each other, ones that do not, and what is no set of pairs.
#include <cameo/op/pairwise_coupling.hpp>

namespace cameo {
namespace {

using enum pairwise_coupling_problem;

/// The probabilities of three classes from those of 0 against 1, 0 against 2 and 1 against 2.
constexpr std::array<float, 3> coupled(std::array<float, 3> pairs)
{
    std::array<float, 3> y{};
    std::array<float, 12> memory{};
    evaluate(pairwise_coupling_spec{{3}, f32<1, 3>}, std::span<const float>(pairs), std::span<float>(y),
        std::span<float>(memory));
    return y;
}
constexpr bool near(std::array<float, 3> found, std::array<float, 3> expected)
{
    for (std::size_t k = 0; k < 3; ++k) {
        const float error = found[k] - expected[k];
        if (!(error < 2e-3f && error > -2e-3f)) {
            return false;
        }
    }
    return true;
}
static_assert(coupled({0.5f, 0.5f, 0.5f}) == std::array{1.f / 3, 1.f / 3, 1.f / 3});
static_assert(near(coupled({0.5f / 0.8f, 0.5f / 0.7f, 0.3f / 0.5f}), {0.5f, 0.3f, 0.2f}));
static_assert(near(coupled({1 - 1e-7f, 1 - 1e-7f, 0.5f}), {1, 0, 0}));

constexpr pairwise_coupling_spec four{{4}, f32<5, 6>};
static_assert(check(four) == none && result(four)[0] == f32<5, 4> && result(four)[1] == f32<5, 4>);
static_assert(check(pairwise_coupling_spec{{4}, f32<5, 5>}) == there_must_be_a_probability_for_each_pair_of_classes);
static_assert(check(pairwise_coupling_spec{{1}, f32<5, 0>}) == there_must_be_a_probability_for_each_pair_of_classes);

}  // namespace
}  // namespace cameo
