// Imports Adagrad, Adam and Momentum: one step of an optimizer, for each tensor that is trained.
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include <cameo/op/elementwise.hpp>
#include <cameo/op/where.hpp>

namespace cameo::generator {

namespace {

constexpr const char* training_domain = "ai.onnx.preview.training";

using values = std::vector<value*>;

/// What all tensors of a step share: numbers of the tensors' element type.
struct training {
    value* rate;
    value* count;  ///< of the steps before
    value* after_the_first(source_node& n, value* then, value* otherwise) const
    {
        value* zero = constant_number(n, count->type.element, 0);
        return chosen(n, n.compute(greater(operand<0>, operand<1>), {count, zero}), then, otherwise);
    }
};

/// Adds the gradient of a penalty on large numbers.
value* regularized(source_node& n, value* x, value* gradient)
{
    const double norm = n.number("norm_coefficient", 0);
    return norm == 0 ? gradient : n.compute(add(mul(operand<0>, norm), operand<1>), {x, gradient});
}

/// Returns the new tensor, and its new sum of squared gradients.
values adagrad(source_node& n, const training& by, const values& tensors)
{
    const double decay = n.number("decay_factor", 0), epsilon = n.number("epsilon", 1e-6f);
    value *x = tensors[0], *g = regularized(n, x, tensors[1]);
    value* rate = n.compute(div(operand<0>, add(mul(operand<1>, decay), 1.0)), {by.rate, by.count});
    value* squares = n.compute(add(operand<0>, mul(operand<1>, operand<1>)), {tensors[2], g});
    return {n.compute(sub(operand<0>, div(mul(operand<1>, operand<2>), add(sqrt(operand<3>), epsilon))),
                {x, rate, g, squares}),
        squares};
}

/// Returns the new tensor, and its new averages of gradients and of squared gradients.
values adam(source_node& n, const training& by, const values& tensors)
{
    const double alpha = n.number("alpha", 0.9f), beta = n.number("beta", 0.999f), epsilon = n.number("epsilon", 1e-6f),
                 post = n.number("norm_coefficient_post", 0);
    value *x = tensors[0], *g = regularized(n, x, tensors[1]);
    value* mean = n.compute(add(mul(operand<0>, alpha), mul(operand<1>, 1 - alpha)), {tensors[2], g});
    value* squares = n.compute(add(mul(operand<0>, beta), mul(mul(operand<1>, operand<1>), 1 - beta)), {tensors[3], g});
    const element type = x->type.element;
    value* corrected = n.compute(
        div(mul(operand<0>, sqrt(sub(1.0, pow(operand<2>, operand<1>)))), sub(1.0, pow(operand<3>, operand<1>))),
        {by.rate, by.count, constant_number(n, type, beta), constant_number(n, type, alpha)});
    value* rate = by.after_the_first(n, corrected, by.rate);
    value* next = n.compute(
        sub(operand<0>, mul(operand<1>, div(operand<2>, add(sqrt(operand<3>), epsilon)))), {x, rate, mean, squares});
    return {post == 0 ? next : n.compute(mul(operand<0>, 1 - post), {next}), mean, squares};
}

/// Returns the new tensor, and its new momentum.
values momentum(source_node& n, const training& by, const values& tensors)
{
    const double alpha = n.number("alpha", 0), beta = n.number("beta", 0);
    const std::string mode = n.text("mode", "");
    if (mode != "standard" && mode != "nesterov") {
        throw unsupported("attribute 'mode' must be standard or nesterov, found '{}'", mode);
    }
    value *x = tensors[0], *g = regularized(n, x, tensors[1]);
    const element type = x->type.element;
    value* weight = by.after_the_first(n, constant_number(n, type, beta), constant_number(n, type, 1));
    value* v = n.compute(add(mul(operand<0>, alpha), mul(operand<1>, operand<2>)), {tensors[2], weight, g});
    value* step = mode == "standard" ? v : n.compute(add(operand<0>, mul(operand<1>, alpha)), {g, v});
    return {n.compute(sub(operand<0>, mul(operand<1>, operand<2>)), {x, by.rate, step}), v};
}

value* number_of(source_node& n, std::size_t k, element type)
{
    if (n.type(k).shape.count() != 1) {
        throw unsupported("operand {} must be one number, found {}", k, to_string(n.type(k)));
    }
    return cast(n, n.reshaped(n.required_operand(k), {}), type);
}

/// Operands are the rate, the count, then all tensors, their gradients, and each of their states; results all new
/// tensors and each of their new states.
template <std::size_t States, values (*Rule)(source_node&, const training&, const values&)>
void import_optimizer(source_node& n)
{
    constexpr std::size_t kinds = 2 + States;
    const std::size_t tensors = n.operand_count() < 2 ? 0 : (n.operand_count() - 2) / kinds;
    if (tensors == 0 || n.operand_count() != 2 + kinds * tensors) {
        throw unsupported("there must be 2 operands and {} for each tensor, found {}", kinds, n.operand_count());
    }
    values results((1 + States) * tensors);
    for (std::size_t i = 0; i < tensors; ++i) {
        values of_one;
        for (std::size_t k = 0; k < kinds; ++k) {
            of_one.push_back(n.required_operand(2 + k * tensors + i));
            if (of_one[k]->type != of_one[0]->type) {
                throw unsupported("a tensor, its gradient and what belongs to it must be of one type, found {} and {}",
                    to_string(of_one[0]->type), to_string(of_one[k]->type));
            }
        }
        const element type = of_one[0]->type.element;
        const values next = Rule(n, {number_of(n, 0, type), number_of(n, 1, type)}, of_one);
        for (std::size_t k = 0; k < next.size(); ++k) {
            results[k * tensors + i] = next[k];
        }
    }
    n.set_results(results);
}

}  // namespace

void add_optimizers(operator_table& table)
{
    table.add_of_domain<floating_elements, elementwise_spec, where_spec>(
        training_domain, "Adagrad", {1}, import_optimizer<1, adagrad>);
    table.add_of_domain<floating_elements, elementwise_spec, where_spec>(
        training_domain, "Adam", {1}, import_optimizer<2, adam>);
    table.add_of_domain<floating_elements, elementwise_spec, where_spec>(
        training_domain, "Momentum", {1}, import_optimizer<1, momentum>);
}

}  // namespace cameo::generator
