// LinearAttention: each rule on small numbers, heads that share a state, and what does not fit together.
#include <cameo/op/linear_attention.hpp>

namespace cameo {
namespace {

using enum linear_attention_problem;
using enum update_rule;

constexpr std::array<double, 2> query{1, 2}, key{1, 0.5}, past{4, 8};
constexpr std::array<double, 1> value{3}, decay{0}, beta{0.5};

/// One step of one head with two keys and one value, and its state.
constexpr std::array<double, 3> step(update_rule rule)
{
    linear_attention_spec s{{rule, 1, 1, 2}, f64<1, 1, 2>, f64<1, 1, 2>, f64<1, 1, 1>, f64<1, 1, 2, 1>};
    s.decay = s.is_gated() ? f64<1, 1, 1> : absent;
    s.beta = s.is_delta() ? f64<1, 1, 1> : absent;
    std::array<double, 1> y{}, scratch{};
    std::array<double, 2> state{};
    evaluate(s, std::span<const double>(query), std::span<const double>(key), std::span<const double>(value), past,
        decay, beta, std::span<double>(y), std::span<double>(state), std::span<double>(scratch));
    return {y[0], state[0], state[1]};
}

// S = (4, 8) + (1, 0.5) w, y = 2 (1 S1 + 2 S2), with w = 3, or 0.5 (3 - (4 + 4)).
static_assert(step(linear) == std::array{2 * (7 + 2 * 9.5), 7.0, 9.5});
static_assert(step(gated) == step(linear));
static_assert(step(delta) == std::array{2 * (1.5 + 2 * 6.75), 1.5, 6.75});
static_assert(step(gated_delta) == step(delta));

/// Two heads of queries read one state, which two steps write; there is no past.
constexpr std::array<double, 4> shared()
{
    constexpr std::array<double, 4> queries{1, 10, 1, 10};
    constexpr std::array<double, 2> ones{1, 1};
    std::array<double, 4> y{};
    std::array<double, 1> state{}, scratch{};
    evaluate(linear_attention_spec{{linear, 2, 1}, f64<1, 2, 2>, f64<1, 2, 1>, f64<1, 2, 1>},
        std::span<const double>(queries), std::span<const double>(ones), std::span<const double>(ones), {}, {}, {},
        std::span<double>(y), std::span<double>(state), std::span<double>(scratch));
    return y;
}
static_assert(shared() == std::array{1.0, 10.0, 2.0, 20.0});

constexpr linear_attention_spec four_heads{
    {gated_delta, 4, 2}, f32<2, 3, 8>, f32<2, 3, 4>, f32<2, 3, 6>, f32<2, 2, 2, 3>, f32<2, 3, 2>, f32<2, 3, 1>};
static_assert(check(four_heads) == linear_attention_problem::none);
static_assert(result(four_heads) == std::array{f32<2, 3, 12>, f32<2, 2, 2, 3>, f32<3>});
static_assert(multiplications(four_heads) == 2 * 3 * (2 * 2 + 4) * 2 * 3);

constexpr linear_attention_problem with(auto change)
{
    linear_attention_spec s = four_heads;
    change(s);
    return check(s);
}
static_assert(with([](auto& s) { s.key = f32<2, 4, 4>; }) ==
              query_key_and_value_must_have_three_axes_and_agree_in_batch_and_steps);
static_assert(with([](auto& s) { s.heads = 3; }) == heads_of_keys_must_divide_those_of_queries);
static_assert(with([](auto& s) { s.heads = 0; }) == heads_of_keys_must_divide_those_of_queries);
static_assert(with([](auto& s) { s.value = f32<2, 3, 5>; }) == heads_must_divide_the_last_axes);
static_assert(with([](auto& s) { s.key = f32<2, 3, 6>; }) == keys_must_be_as_long_as_queries);
static_assert(
    with([](auto& s) { s.past = f32<2, 2, 3, 2>; }) == past_state_must_be_a_matrix_of_keys_by_values_for_each_head);
static_assert(with([](auto& s) { s.decay = absent; }) == only_a_gated_rule_has_a_decay_for_each_head_or_key);
static_assert(with([](auto& s) { s.rule = delta; }) == only_a_gated_rule_has_a_decay_for_each_head_or_key);
static_assert(with([](auto& s) { s.beta = f32<2, 3, 3>; }) == only_a_delta_rule_has_a_beta_for_each_head_or_one);
static_assert(with([](auto& s) { s.rule = gated; }) == only_a_delta_rule_has_a_beta_for_each_head_or_one);

}  // namespace
}  // namespace cameo
