// Imports NegativeLogLikelihoodLoss and SoftmaxCrossEntropyLoss.
#include "import/choice.hpp"
#include "import/indices.hpp"
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include "support/holds.hpp"
#include <cameo/op/elementwise.hpp>
#include <cameo/op/gather.hpp>
#include <cameo/op/gather_elements.hpp>
#include <cameo/op/reduce.hpp>
#include <cameo/op/softmax.hpp>

namespace cameo::generator {

namespace {

enum class loss_reduction { none, mean, sum };

value* total(source_node& n, reduction r, value* v)
{
    shape all;
    for (int axis = 0; axis < v->type.shape.rank; ++axis) {
        all.append(axis);
    }
    return n.reshaped(reduced(n, r, v, all), {});
}

/// Gathers the logarithm of each target's probability. Ignored targets may lie outside the classes: what is read for
/// them is not used.
value* of_targets(source_node& n, value* logarithms, value* target)
{
    const shape x = logarithms->type.shape;
    if (x.rank < 2) {
        throw unsupported("the input must have a batch and a class axis, found {}", to_string(logarithms->type));
    }
    shape column = x, each{x[0]};
    column[1] = 1;
    for (int axis = 2; axis < x.rank; ++axis) {
        each.append(x[axis]);
    }
    if (target->type.shape != each) {
        throw unsupported(
            "targets of {} do not fit an input of {}", to_string(target->type), to_string(logarithms->type));
    }
    if (!n.has("ignore_index")) {
        require_indices_inside(*target, {x[1]});
    }
    return n.reshaped(n.add<gather_elements_spec>({1}, {logarithms, n.reshaped(target, column)})[0], each);
}

/// Computes -w log(p) of each target's class; the mean is weighted, too.
value* loss(source_node& n, value* logarithms)
{
    value *target = n.required_operand(1), *weight = n.operand(2);
    const element type = logarithms->type.element;
    const auto how = choice<loss_reduction>(n, "reduction", "mean");
    value* each = n.compute(neg(operand<0>), {of_targets(n, logarithms, target)});
    if (weight) {
        if (weight->type != tensor_type{type, {logarithms->type.shape[1]}}) {
            throw unsupported("weights must be one for each class, found {}", to_string(weight->type));
        }
        weight = n.add<gather_spec>({0}, {weight, target})[0];
        each = n.compute(mul(operand<0>, operand<1>), {each, weight});
    }
    if (const dim ignores = n.integer("ignore_index", 0);
        n.has("ignore_index") && holds(target->type.element, ignores)) {
        tensor one({target->type.element, {}});
        with_elements(one, [&]<class T>(std::span<T> number) { number[0] = static_cast<T>(ignores); });
        value* ignored = n.compute(equal(operand<0>, operand<1>), {target, n.add_constant(std::move(one))});
        value* zero = constant_number(n, type, 0);
        each = chosen(n, ignored, zero, each);
        weight = chosen(n, ignored, zero, weight ? weight : constant_number(n, type, 1));
    }
    if (how == loss_reduction::none) {
        return each;
    }
    if (how == loss_reduction::sum || !weight) {
        return total(n, how == loss_reduction::sum ? reduction::sum : reduction::mean, each);
    }
    return n.compute(div(operand<0>, operand<1>), {total(n, reduction::sum, each), total(n, reduction::sum, weight)});
}

void import_softmax_cross_entropy(source_node& n)
{
    value* logarithms = n.add<softmax_spec>({.first = 1, .last = 2, .logarithm = true}, {n.required_operand(0)})[0];
    n.set_results({loss(n, logarithms), logarithms});
}

}  // namespace

void add_loss(operator_table& table)
{
    table.add<floating_elements, gather_elements_spec, elementwise_spec, reduce_spec>("NegativeLogLikelihoodLoss",
        {12, 13, 22}, [](source_node& n) { n.set_result(0, loss(n, n.required_operand(0))); });
    table.add<softmax_spec, gather_elements_spec, elementwise_spec, reduce_spec>(
        "SoftmaxCrossEntropyLoss", {12, 13}, import_softmax_cross_entropy);
}

}  // namespace cameo::generator
