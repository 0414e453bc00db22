// Elementwise expressions: evaluation, common subexpressions, and what happens beyond their capacity.
#include <cameo/op/elementwise.hpp>

using namespace cameo;

namespace {

template <class... T>
constexpr float value(const elementwise_expression& p, T... operand)
{
    return detail::interpret(p, std::array<float, elementwise_expression::max_operands>{operand...});
}

constexpr elementwise_expression swish_of_sum = mul(add(operand<0>, operand<1>), sigmoid(add(operand<0>, operand<1>)));

}  // namespace

static_assert(value(operand<0>, 3.0f) == 3.0f, "an empty program is the identity");
static_assert(value(add(operand<0>, mul(operand<1>, 2)), 3.0f, 4.0f) == 11.0f);
static_assert(value(sub(operand<1>, operand<0>), 3.0f, 4.0f) == 1.0f);
static_assert(value(clip(operand<0>, 0, 6), 7.0f) == 6.0f && value(clip(operand<0>, 0, 6), -1.0f) == 0.0f);
static_assert(swish_of_sum.length == 3, "equal parts of an expression are computed once");
static_assert(swish_of_sum.operands() == 2);
static_assert(add(operand<0>, 1) != add(operand<0>, 2));

// An expression that does not fit says so, and no operator takes it.
constexpr elementwise_expression too_long = [] {
    elementwise_expression p = operand<0>;
    for (int i = 0; i <= elementwise_expression::capacity; ++i) {
        p = add(p, i + 1);
    }
    return p;
}();
static_assert(too_long.result.is_overflow());
static_assert(check(elementwise_spec{{too_long}, {f32<2>}}) == elementwise_problem::expression_is_too_long);
