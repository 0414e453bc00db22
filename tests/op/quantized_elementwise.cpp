// Expressions on quantized numbers: result types, and where they are rounded.
#include <cameo/op/quantized_elementwise.hpp>
#include <doctest/doctest.h>
#include <vector>

using namespace cameo;

static_assert(result(quantized_elementwise_spec{{}, {u8<2, 1>, u8<3>}}) == u8<2, 3>);
static_assert(result(quantized_elementwise_spec{{mul(operand<0>, 0.5), element::float32}, {i8<2>}}) == f32<2>);
static_assert(check(quantized_elementwise_spec{{add(operand<0>, operand<1>)}, {u8<2>, i8<2>}}) ==
              elementwise_problem::operands_must_have_one_element_type);
static_assert(check(quantized_elementwise_spec{{less(operand<0>, operand<1>)}, {u8<2>, u8<2>}}) ==
              elementwise_problem::function_does_not_take_this_element_type);
static_assert(
    check(quantized_elementwise_spec{{}, {u8<2>, u8<3>}}) == elementwise_problem::operands_do_not_broadcast_together);

TEST_CASE("floats between bytes")
{
    const quantized_elementwise_spec s{{mul(sub(operand<0>, operand<1>), 0.5)}, {u8<4>, u8<1>}};
    const std::vector<std::uint8_t> x{1, 2, 4, 9}, zero{1};
    const std::vector<std::span<const std::uint8_t>> operands{x, zero};
    std::vector<std::uint8_t> y(4);
    evaluate(s, std::span<const std::span<const std::uint8_t>>(operands), std::span(y));
    CHECK(y == std::vector<std::uint8_t>{0, 0, 2, 4});
}
