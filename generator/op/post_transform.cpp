// Composes the post-transforms of operators that each have in common.
#include "op/post_transform.hpp"
#include "op/composition.hpp"
#include <cameo/op/elementwise.hpp>
#include <cameo/op/softmax.hpp>
#include <numbers>

namespace cameo::generator {

namespace {

/// Softmax in which a score of 0 stays: what is less than 1e-7 is multiplied by exp(-largest) and does not count for
/// the sum, as in onnxruntime.
value* softmax_of_others(source_node& n, value* x)
{
    value* largest = reduced(n, reduction::max, x, {1});
    value* is_none = n.compute(less_or_equal(operand<0>, 1e-7), {n.compute(abs(operand<0>), {x})});
    value* power = n.compute(exp(sub(operand<0>, operand<1>)), {x, largest});
    value* zero = constant_number(n, x->type.element, 0);
    value* sum = reduced(n, reduction::sum, chosen(n, is_none, zero, power), {1});
    value* small = n.compute(mul(operand<0>, exp(neg(operand<1>))), {x, largest});
    return n.compute(div(operand<0>, operand<1>), {chosen(n, is_none, small, power), sum});
}

/// The quantile of the normal distribution, sqrt(2) erf^-1(2 p - 1), by onnxruntime's approximation of erf^-1. It is
/// computed in float64: around 1/2 all digits cancel.
///
/// Source: S. Winitzki, "A handy approximation for the error function and its inverse", 2008, with a = 0.147.
value* quantile(source_node& n, value* p)
{
    constexpr double a = 0.147;
    value* x = n.compute(sub(mul(operand<0>, 2.0), 1.0), {cast(n, p, element::float64)});
    value* logarithm = n.compute(log(sub(1.0, mul(operand<0>, operand<0>))), {x});
    value* half = n.compute(add(mul(operand<0>, 0.5), 2 / (std::numbers::pi * a)), {logarithm});
    const auto root = sqrt(sub(sqrt(sub(mul(operand<1>, operand<1>), mul(operand<0>, 1 / a))), operand<1>));
    value* magnitude = n.compute(root, {logarithm, half});
    value* y = n.compute(mul(mul(sign(operand<0>), operand<1>), std::numbers::sqrt2), {x, magnitude});
    return cast(n, y, p->type.element);
}

}  // namespace

value* transformed(source_node& n, value* scores, post_transform how)
{
    switch (how) {
    case post_transform::SOFTMAX: return n.add<softmax_spec>({1, 2}, {scores})[0];
    case post_transform::LOGISTIC: return n.compute(sigmoid(operand<0>), {scores});
    case post_transform::SOFTMAX_ZERO: return softmax_of_others(n, scores);
    case post_transform::PROBIT: return quantile(n, scores);
    case post_transform::NONE: break;
    }
    return scores;
}

}  // namespace cameo::generator
