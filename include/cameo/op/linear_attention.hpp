// LinearAttention: attention without a softmax, as a recurrence over one matrix of state for each head.
#pragma once
#include <cameo/function/mathematics.hpp>
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

/// What happens to the state S of a head in a step, before its query reads it: S <- exp(decay) S where gated, then
/// S <- S + k w^T, where w is the value or, with the delta rule, beta (v - S^T k).
enum class update_rule { linear, gated, delta, gated_delta };

struct linear_attention_attributes {
    update_rule rule = update_rule::gated_delta;
    dim query_heads = 1;  ///< a multiple of `heads`
    dim heads = 1;        ///< of keys, values and states
    double scale = 1;     ///< of the results
    static constexpr void each(auto visit)
    {
        visit("rule", &linear_attention_attributes::rule);
        visit("query_heads", &linear_attention_attributes::query_heads);
        visit("heads", &linear_attention_attributes::heads);
        visit("scale", &linear_attention_attributes::scale);
    }
};

/// ONNX LinearAttention, opset 27: float32 and float64. The heads lie one after another in the last axis.
struct linear_attention_spec : linear_attention_attributes {
    using attributes = linear_attention_attributes;
    tensor_type query{};  ///< batch x steps x query_heads K
    tensor_type key{};    ///< batch x steps x heads K
    tensor_type value{};  ///< batch x steps x heads V
    tensor_type past{};   ///< batch x heads x K x V, the state before the first step; optional: zeros
    tensor_type decay{};  ///< batch x steps x heads or heads K, where gated
    tensor_type beta{};   ///< batch x steps x heads or 1, with the delta rule

    static constexpr std::size_t scratch = 2;
    constexpr bool is_gated() const { return rule == update_rule::gated || rule == update_rule::gated_delta; }
    constexpr bool is_delta() const { return rule == update_rule::delta || rule == update_rule::gated_delta; }
    constexpr dim batch() const { return query.shape[0]; }
    constexpr dim steps() const { return query.shape[1]; }
    constexpr dim keys() const { return query.shape[2] / query_heads; }
    constexpr dim values() const { return value.shape[2] / heads; }
    constexpr shape state() const { return {batch(), heads, keys(), values()}; }

    template <class T>
    using signature = results<T, T, T>(T, T, T, T, T, T);
    using parameters = type_list<floating_elements>;
};

enum class linear_attention_problem {
    none,
    query_key_and_value_must_have_three_axes_and_agree_in_batch_and_steps,
    heads_of_keys_must_divide_those_of_queries,
    heads_must_divide_the_last_axes,
    keys_must_be_as_long_as_queries,
    past_state_must_be_a_matrix_of_keys_by_values_for_each_head,
    only_a_gated_rule_has_a_decay_for_each_head_or_key,
    only_a_delta_rule_has_a_beta_for_each_head_or_one,
};

constexpr linear_attention_problem check(const linear_attention_spec& s)
{
    using enum linear_attention_problem;
    const auto goes_with_queries = [&](const tensor_type& t) {
        return t.shape.rank == 3 && t.shape[0] == s.batch() && t.shape[1] == s.steps();
    };
    if (!goes_with_queries(s.query) || !goes_with_queries(s.key) || !goes_with_queries(s.value)) {
        return query_key_and_value_must_have_three_axes_and_agree_in_batch_and_steps;
    }
    if (s.heads < 1 || s.query_heads < 1 || s.query_heads % s.heads != 0) {
        return heads_of_keys_must_divide_those_of_queries;
    }
    if (s.query.shape[2] % s.query_heads != 0 || s.key.shape[2] % s.heads != 0 || s.value.shape[2] % s.heads != 0) {
        return heads_must_divide_the_last_axes;
    }
    if (s.key.shape[2] / s.heads != s.keys()) {
        return keys_must_be_as_long_as_queries;
    }
    if (s.past.present() && s.past.shape != s.state()) {
        return past_state_must_be_a_matrix_of_keys_by_values_for_each_head;
    }
    const auto fits = [&](const tensor_type& t, bool wanted, dim fewer, dim more) {
        return wanted ? goes_with_queries(t) && (t.shape[2] == fewer || t.shape[2] == more) : !t.present();
    };
    if (!fits(s.decay, s.is_gated(), s.heads, s.key.shape[2])) {
        return only_a_gated_rule_has_a_decay_for_each_head_or_key;
    }
    return fits(s.beta, s.is_delta(), 1, s.heads) ? none : only_a_delta_rule_has_a_beta_for_each_head_or_one;
}

/// batch x steps x query_heads V; the state after the last step, batch x heads x K x V; and scratch for one value.
constexpr std::array<tensor_type, 3> result(const linear_attention_spec& s)
{
    const element t = s.query.element;
    return {tensor_type{t, {s.batch(), s.steps(), s.query_heads * s.values()}}, {t, s.state()}, {t, {s.values()}}};
}

namespace detail {

/// The operands of a step of one head: `state` is K rows of V numbers.
template <class T>
struct linear_attention_step {
    std::span<T> state;
    std::span<const T> key, value, decay;  ///< decay: one number, K numbers, or none
    std::span<const T> beta;               ///< one number, or none
    std::span<T> written;                  ///< V numbers: what goes into the state at the key

    /// Reads each row of the state once before it is written, and once after.
    constexpr void update() const
    {
        using mathematics::exp;
        const std::size_t length = value.size();
        std::fill(written.begin(), written.end(), T(0));
        T factor = decay.size() == 1 ? exp(decay[0]) : T(1);
        for (std::size_t k = 0; k < key.size() && !(decay.empty() && beta.empty()); ++k) {
            factor = decay.size() > 1 ? exp(decay[k]) : factor;
            const std::span<T> row = state.subspan(k * length, length);
            for (std::size_t v = 0; v < length; ++v) {
                row[v] *= factor;
                written[v] += row[v] * key[k];
            }
        }
        for (std::size_t v = 0; v < length; ++v) {
            written[v] = beta.empty() ? value[v] : beta[0] * (value[v] - written[v]);
        }
        for (std::size_t k = 0; k < key.size(); ++k) {
            const std::span<T> row = state.subspan(k * length, length);
            for (std::size_t v = 0; v < length; ++v) {
                row[v] += key[k] * written[v];
            }
        }
    }

    /// y = scale q^T S.
    constexpr void read(std::span<const T> query, T scale, std::span<T> y) const
    {
        std::fill(y.begin(), y.end(), T(0));
        for (std::size_t k = 0; k < query.size(); ++k) {
            for (std::size_t v = 0; v < y.size(); ++v) {
                y[v] += query[k] * state[k * y.size() + v];
            }
        }
        for (T& number : y) {
            number *= scale;
        }
    }
};

}  // namespace detail

/// The definition, step by step: each head of keys updates its state, which its heads of queries then read.
template <class T>
constexpr void evaluate(const linear_attention_spec& s, std::span<const T> query, std::span<const T> key,
    std::span<const T> value, optional_span<T> past, optional_span<T> decay, optional_span<T> beta, std::span<T> y,
    std::span<T> state, std::span<T> scratch)
{
    const auto heads = index(s.heads), sharing = index(s.query_heads / s.heads), steps = index(s.steps()),
               keys = index(s.keys()), values = index(s.values());
    const std::size_t decays = s.is_gated() ? index(s.decay.shape[2]) / heads : 0;
    const std::size_t betas = s.is_delta() ? index(s.beta.shape[2]) : 0;
    for (std::size_t i = 0; i < state.size(); ++i) {
        state[i] = past.empty() ? T(0) : past[i];
    }
    for (std::size_t row = 0; row < index(s.batch()) * steps; ++row) {
        for (std::size_t h = 0; h < heads; ++h) {
            const std::size_t at = row * heads + h, of_beta = row * betas + (betas == 1 ? 0 : h);
            const detail::linear_attention_step<T> step{
                state.subspan((row / steps * heads + h) * keys * values, keys * values), key.subspan(at * keys, keys),
                value.subspan(at * values, values), decay.subspan(decays == 0 ? 0 : at * decays, decays),
                beta.subspan(betas == 0 ? 0 : of_beta, betas == 0 ? 0 : 1), scratch};
            step.update();
            for (std::size_t q = at * sharing; q < (at + 1) * sharing; ++q) {
                step.read(query.subspan(q * keys, keys), static_cast<T>(s.scale), y.subspan(q * values, values));
            }
        }
    }
}

/// Counts the multiplications, each with an addition: of states by keys, and by queries.
constexpr dim multiplications(const linear_attention_spec& s)
{
    const dim products = (s.is_delta() ? 2 : 1) * s.heads + s.query_heads;
    return saturating_product(s.batch(), s.steps(), saturating_product(products, s.keys(), s.values()));
}

template <auto Result, class Operands, linear_attention_attributes Attributes = linear_attention_attributes{},
    class Secondary = into<>>
using linear_attention = layer<linear_attention_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
