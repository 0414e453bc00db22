// Elementwise layers: broadcasting, element types and expressions.
#include <cameo/op/elementwise.hpp>

namespace cameo {
namespace {

constexpr elementwise_attributes sum{add(operand<0>, operand<1>)};

static_assert(result(elementwise_spec{sum, {f32<2, 1, 4>, f32<3, 1>}}) == f32<2, 3, 4>);
static_assert(result(elementwise_spec{{less(operand<0>, operand<1>)}, {f32<2>, f32<2>}}) == boolean<2>);
static_assert(result(elementwise_spec{{}, {i64<5>}}) == i64<5>, "without a program, the identity");

using enum elementwise_problem;
static_assert(check(elementwise_spec{sum, {f32<2, 1, 4>, f32<3, 1>}}) == none);
static_assert(check(elementwise_spec{sum, {f32<2>, f32<3>}}) == operands_do_not_broadcast_together);
static_assert(check(elementwise_spec{sum, {f32<2>, f64<2>}}) == operands_must_have_one_element_type);
static_assert(check(elementwise_spec{sum, {boolean<2>, boolean<2>}}) == function_does_not_take_this_element_type);
static_assert(check(elementwise_spec{{exp(operand<0>)}, {i32<2>}}) == function_does_not_take_this_element_type);
static_assert(check(elementwise_spec{sum, {f32<2>}}) == expression_reads_an_operand_that_is_not_there);
static_assert(check(elementwise_spec{sum, {}}) == expression_reads_an_operand_that_is_not_there);
static_assert(check(elementwise_spec{sum, {f32<2>, f32<2>, f32<2>, f32<2>, f32<2>, f32<2>, f32<2>, f32<2>, f32<2>}}) ==
              there_are_too_many_operands);
static_assert(check(elementwise_spec{{add(less(operand<0>, operand<1>), 1)}, {f32<2>, f32<2>}}) ==
                  function_does_not_take_this_element_type,
    "a predicate stands alone");

template <std::size_t N, class R = float>
constexpr std::array<R, N> computed(const elementwise_expression& p, const tensor_type& a, std::span<const float> x,
    const tensor_type& b, std::span<const float> y)
{
    std::array<R, N> z{};
    const std::array<std::span<const float>, 2> operands{x, y};
    evaluate<float, R>(elementwise_spec{{p}, {a, b}}, operands, z);
    return z;
}
constexpr std::array<float, 2> ones_and_twos{1, 2};
constexpr std::array<float, 3> tens{10, 20, 30};
static_assert(computed<6>(add(operand<0>, operand<1>), f32<2, 1>, ones_and_twos, f32<3>, tens) ==
              std::array{11.0f, 21.0f, 31.0f, 12.0f, 22.0f, 32.0f});
static_assert(computed<6>(mul(add(operand<0>, operand<1>), 2), f32<2, 1>, ones_and_twos, f32<3>, tens) ==
              std::array{22.0f, 42.0f, 62.0f, 24.0f, 44.0f, 64.0f});
static_assert(computed<3, bool>(less(operand<0>, operand<1>), f32<3>, tens, f32<1>, std::span(tens).subspan(1, 1)) ==
              std::array{true, false, false});

}  // namespace
}  // namespace cameo
