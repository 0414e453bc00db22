// Conv: shapes with every attribute, what it refuses, and sums computed by hand.
#include <cameo/op/conv.hpp>

namespace cameo {
namespace {

constexpr tensor_type x = f32<1, 4, 7, 9>, w = f32<6, 4, 3, 3>;
constexpr conv_attributes strided{.window = {.strides = {2, 2}, .pads_begin = {1, 1}, .pads_end = {1, 1}}};

static_assert(result(conv_spec{{}, x, w}) == f32<1, 6, 5, 7>);
static_assert(result(conv_spec{strided, x, w}) == f32<1, 6, 4, 5>);
static_assert(result(conv_spec{{.window = {.dilations = {2, 3}}}, x, w}) == f32<1, 6, 3, 3>);
static_assert(result(conv_spec{{.group = 2}, x, f32<6, 2, 3, 3>}) == f32<1, 6, 5, 7>);
static_assert(result(conv_spec{{}, f64<2, 3, 8>, f64<5, 3, 2>}) == f64<2, 5, 7>);
static_assert(
    result(conv_spec{{}, x.blocked({1, 1, 1, 1}), w}) == f32<1, 6, 5, 7>, "the rule knows plain storage only");

using enum conv_problem;
static_assert(check(conv_spec{{}, x, w, f32<6>}) == none);
static_assert(check(conv_spec{{}, f32<4, 7>, f32<6, 4>}) == input_must_have_a_batch_a_channel_and_a_spatial_axis);
static_assert(check(conv_spec{{}, x, f32<6, 4, 3>}) == weight_rank_must_equal_input_rank);
static_assert(check(conv_spec{{}, x, f32<6, 5, 3, 3>}) == input_channels_must_equal_weight_channels_times_group);
static_assert(check(conv_spec{{.group = 4}, x, f32<6, 1, 3, 3>}) == group_must_divide_the_output_channels);
static_assert(check(conv_spec{{}, x, w, f32<5>}) == bias_must_have_one_element_per_output_channel);
static_assert(check(conv_spec{{.window = {.strides = {0, 1}}}, x, w}) == stride_and_dilation_must_be_positive);
static_assert(check(conv_spec{{}, x, f32<6, 4, 8, 3>}) == window_is_larger_than_the_padded_input);
static_assert(check(conv_spec{{.epilogue = add(operand<0>, operand<1>)}, x, w}) == epilogue_does_not_fit_the_result,
    "there is no residual");
static_assert(check(conv_spec{{.epilogue = add(operand<0>, operand<1>)}, x, w, absent, f32<1, 6, 5, 6>}) ==
              epilogue_does_not_fit_the_result);

static_assert(multiplications(conv_spec{{}, x, w}) == 6 * 5 * 7 * 4 * 9);

/// Convolves one channel of 3 x 3 ones with the 2 x 2 window 1, 2, 3, 4.
template <std::size_t N>
constexpr std::array<float, N> convolved(const conv_attributes& a)
{
    const conv_spec s{a, f32<1, 1, 3, 3>, f32<1, 1, 2, 2>, f32<1>};
    std::array<float, 9> ones{};
    ones.fill(1);
    const std::array<float, 4> weights{1, 2, 3, 4};
    const std::array<float, 1> bias{0.5f};
    std::array<float, N> y{};
    evaluate<float>(s, ones, weights, bias, {}, y);
    return y;
}
static_assert(convolved<4>({}) == std::array{10.5f, 10.5f, 10.5f, 10.5f});
static_assert(convolved<4>({.window = {.strides = {2, 2}, .pads_begin = {1, 1}, .pads_end = {0, 0}}}) ==
                  std::array{4.5f, 7.5f, 6.5f, 10.5f},
    "what lies outside counts as zero");
static_assert(convolved<1>({.window = {.dilations = {2, 2}}, .epilogue = neg(operand<0>)}) == std::array{-10.5f});

}  // namespace
}  // namespace cameo
