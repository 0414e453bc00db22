// Imports CausalConvWithState: a depthwise convolution over what was and what is.
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include <cameo/op/concat.hpp>
#include <cameo/op/conv.hpp>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/pad.hpp>

namespace cameo::generator {

namespace {

bool is_swish(const source_node& n)
{
    const std::string activation = n.text("activation", "none");
    if (activation != "none" && activation != "silu" && activation != "swish") {
        throw unsupported("attribute 'activation' must be none, silu or swish, found '{}'", activation);
    }
    return activation != "none";
}

/// Puts the past before the input, or as many zeros.
value* with_past(source_node& n, value* x, dim length)
{
    if (value* past = n.operand(3)) {
        if (past->type.shape != shape{x->type.shape[0], x->type.shape[1], length}) {
            throw unsupported("the past must be {}, found {}",
                to_string(tensor_type{x->type.element, {x->type.shape[0], x->type.shape[1], length}}),
                to_string(past->type));
        }
        return length == 0 ? x : concatenated(n, 2, {past, x});
    }
    return length == 0 ? x : n.add<pad_spec>({.begin = {0, 0, length}, .end = {0, 0, 0}}, {x})[0];
}

void import_causal_conv(source_node& n)
{
    value *x = n.required_operand(0), *w = n.required_operand(1);
    const shape &of_x = x->type.shape, &of_w = w->type.shape;
    if (of_x.rank != 3 || of_w.rank != 3 || of_w[0] != of_x[1] || of_w[1] != 1 || of_w[2] < 1) {
        throw unsupported(
            "input and weights must be batch x channels x length and channels x 1 x size, found {} and {}",
            to_string(x->type), to_string(w->type));
    }
    value* all = with_past(n, x, of_w[2] - 1);
    value* y = n.add<conv_spec>({.group = of_x[1]}, {all, w, n.operand(2)})[0];
    const dim end = all->type.shape[2];
    n.set_results(
        {is_swish(n) ? n.compute(swish(operand<0>, 1.0), {y}) : y, sliced(n, all, 2, end - (of_w[2] - 1), end)});
}

}  // namespace

void add_causal_conv(operator_table& table)
{
    table.add<floating_elements, conv_spec, elementwise_spec, concat_spec, pad_spec>(
        "CausalConvWithState", {27}, import_causal_conv);
}

}  // namespace cameo::generator
