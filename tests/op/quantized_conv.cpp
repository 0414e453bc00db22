// Quantized convolution: padding, what it refuses, and dense layers.
#include <cameo/op/quantized_conv.hpp>
#include <doctest/doctest.h>
#include <vector>

using namespace cameo;

namespace {

constexpr quantized_conv_spec three{
    {.window = {.pads_begin = {1}, .pads_end = {1}}, .padding = 10}, u8<1, 1, 3>, i8<1, 1, 3>, f32<1>};

constexpr quantized_conv_problem problem_with(
    const tensor_type& scale, const tensor_type& b, const tensor_type& residual)
{
    return check(quantized_conv_spec{three, three.x, three.w, scale, b, residual});
}

std::vector<int> convolved(const quantized_conv_spec& s, std::vector<std::uint8_t> x, std::vector<std::int8_t> w,
    std::vector<float> scale, std::vector<std::int32_t> b, std::vector<float> rest = {})
{
    std::vector<std::uint8_t> y(index(result(s).shape.count()));
    evaluate<std::uint8_t>(s, x, w, scale, b, {}, rest, y);
    return {y.begin(), y.end()};
}

}  // namespace

static_assert(result(three) == u8<1, 1, 3>);
static_assert(check(three) == quantized_conv_problem::none);
static_assert(problem_with(f32<2>, {}, {}) == quantized_conv_problem::scale_must_have_one_element_per_output_channel);
static_assert(
    problem_with(f32<1>, i32<2>, {}) == quantized_conv_problem::bias_must_have_one_element_per_output_channel);
static_assert(problem_with(f32<1>, {}, u8<1, 1, 4>) == quantized_conv_problem::epilogue_does_not_fit_the_result);
static_assert(
    check(quantized_conv_spec{{}, u8<1, 40'000>, i8<1, 40'000>, f32<1>}) == quantized_conv_problem::sums_may_overflow);
static_assert(result(quantized_conv_spec{{.to = element::float32}, u8<5, 8>, i8<3, 8>, f32<3>}) == f32<5, 3>);

TEST_CASE("the padding is what means 0")
{
    CHECK(convolved(three, {1, 2, 3}, {1, 1, 1}, {1}, {}) == std::vector{13, 6, 15});
    CHECK(convolved(three, {1, 2, 3}, {1, 1, 1}, {0.5f}, {-30}) == std::vector{0, 0, 0});
}

TEST_CASE("halves to even, and saturation")
{
    quantized_conv_spec s = three;
    s.padding = 0;
    CHECK(convolved(s, {1, 2, 4}, {0, 1, 0}, {0.5f}, {}) == std::vector{0, 1, 2});
    CHECK(convolved(s, {200, 3, 1}, {0, 2, 0}, {1}, {}) == std::vector{255, 6, 2});
}

TEST_CASE("the rest of a bias that is no whole number of steps")
{
    CHECK(convolved(three, {11, 12, 13}, {0, 1, 0}, {1}, {}, {0.4f}) == std::vector{11, 12, 13});
    CHECK(convolved(three, {11, 12, 13}, {0, 1, 0}, {4}, {}, {1.75f}) == std::vector{46, 50, 54});
}

TEST_CASE("a dense layer")
{
    CHECK(convolved({{}, u8<2, 3>, i8<2, 3>, f32<2>, i32<2>}, {1, 2, 3, 4, 5, 6}, {1, 1, 1, -1, 0, 1}, {1, 10},
              {0, 1}) == std::vector{6, 30, 15, 30});
}
