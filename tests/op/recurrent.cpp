// LSTM, GRU and RNN: shapes in both layouts, what they refuse, and a bidirectional running sum computed by hand.
#include <cameo/op/gru.hpp>
#include <cameo/op/lstm.hpp>
#include <cameo/op/rnn.hpp>

using namespace cameo;

namespace {

constexpr recurrence both{.direction = direction::bidirectional}, batch_first{.batch_first = true};
constexpr lstm_spec lstm_of(recurrence r, tensor_type x, tensor_type w, tensor_type weights)
{
    return {{.recurrence = r}, x, w, weights};
}

using enum recurrent_problem;

constexpr lstm_spec steps_first = lstm_of(both, f32<7, 3, 5>, f32<2, 16, 5>, f32<2, 16, 4>);
static_assert(check(steps_first) == none);
static_assert(result(steps_first) == std::array{f32<7, 2, 3, 4>, f32<2, 3, 4>, f32<2, 3, 4>, f32<24>});
constexpr lstm_spec sequences_first = lstm_of(batch_first, f32<3, 7, 5>, f32<1, 16, 5>, f32<1, 16, 4>);
static_assert(check(sequences_first) == none);
static_assert(result(sequences_first) == std::array{f32<3, 7, 1, 4>, f32<3, 1, 4>, f32<3, 1, 4>, f32<24>});

static_assert(
    check(lstm_of({}, f32<7, 5>, f32<1, 16, 5>, f32<1, 16, 4>)) == input_must_have_steps_a_batch_and_features);
static_assert(check(lstm_of(both, f32<7, 3, 5>, f32<1, 16, 5>, f32<1, 16, 4>)) ==
              weight_must_have_a_row_per_gate_and_hidden_unit_and_a_column_per_feature);
static_assert(check(lstm_of({}, f32<7, 3, 5>, f32<1, 12, 5>, f32<1, 12, 4>)) ==
              weight_must_have_a_row_per_gate_and_hidden_unit_and_a_column_per_feature);
static_assert(check(gru_spec{{.activations = {.f = add(operand<0>, operand<1>)}}, f32<7, 3, 5>, f32<1, 12, 5>,
                  f32<1, 12, 4>}) == activation_must_be_a_floating_function_of_one_operand);

/// A running sum, h = relu(x + h), in both directions over sequences of two steps and of one, with the batch first.
struct running_sums {
    std::array<float, 8> y{};
    std::array<float, 4> last{};
};
constexpr running_sums sums = [] {
    constexpr rnn_attributes a{
        {.direction = direction::bidirectional, .batch_first = true}, relu(operand<0>), relu(operand<0>)};
    constexpr rnn_spec s{a, f32<2, 2, 1>, f32<2, 1, 1>, f32<2, 1, 1>, absent, i32<2>};
    static_assert(check(s) == none);
    const std::array x{1.0f, 2.0f, 10.0f, 20.0f};
    const std::array ones{1.0f, 1.0f};
    const std::array<std::int32_t, 2> lengths{2, 1};
    std::array<float, 2> scratch{};
    running_sums all;
    evaluate<float>(s, x, ones, ones, {}, lengths, {}, all.y, all.last, scratch);
    return all;
}();
static_assert(sums.y == std::array{1.0f, 3.0f, 3.0f, 2.0f, 10.0f, 10.0f, 0.0f, 0.0f});
static_assert(sums.last == std::array{3.0f, 3.0f, 10.0f, 10.0f});

}  // namespace
