// Imports the elementwise operators, from the list of functions; those whose nodes need more are defined here.
#include "import/channels.hpp"
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include "support/holds.hpp"
#include <algorithm>
#include <cameo/op/elementwise.hpp>
#include <limits>

namespace cameo::generator {

namespace {

template <class Function>
constexpr std::size_t attribute_count()
{
    if constexpr (requires { Function::attributes; }) {
        return std::size(Function::attributes);
    } else {
        return 0;
    }
}

/// Applies the function to the node's operands, with its attributes as constants.
template <class Function>
elementwise_expression apply(const source_node& n)
{
    constexpr std::size_t operands = arity<Function> - attribute_count<Function>();
    if (n.operand_count() != operands) {
        throw unsupported("takes {} operands, found {}", operands, n.operand_count());
    }
    elementwise_expression p;
    instruction last{place_of<Function>(), 0};
    for (std::size_t k = 0; k < operands; ++k) {
        last.arguments[last.count++] = argument::of_operand(static_cast<int>(k));
    }
    if constexpr (requires { Function::attributes; }) {
        for (const attribute& a : Function::attributes) {
            last.arguments[last.count++] =
                argument::of_constant(n.number(a.name, static_cast<double>(static_cast<float>(a.otherwise))));
        }
    }
    p.result = p.append(last);
    return p;
}

/// Tells whether the operands' type represents the attributes, which are floats.
template <class Function>
bool holds_attributes(const elementwise_expression& p, element type)
{
    const instruction& only = p.code[0];
    const auto end = only.arguments.begin() + only.count;
    return is_floating(type) || std::all_of(end - attribute_count<Function>(), end,
                                    [&](const argument& a) { return holds(type, a.constant); });
}

/// Returns both operands. Before opset 7, the second is broadcast to the first if an attribute says so: along axes from
/// `axis` on, or along the last ones.
std::vector<value*> both_operands(source_node& n)
{
    value *a = n.required_operand(0), *b = n.required_operand(1);
    if (n.opset() >= 7) {
        return {a, b};
    }
    const shape &to = a->type.shape, &from = b->type.shape;
    const bool may_broadcast = n.integer("broadcast", 0) != 0;
    const dim first = n.integer("axis", to.rank - from.rank);
    if (from == to) {
        return {a, b};
    }
    if (!may_broadcast) {
        throw unsupported(
            "before opset 7, operands must have one shape where attribute 'broadcast' is 0, found {} and {}",
            to_string(a->type), to_string(b->type));
    }
    if (from.count() == 1) {
        return {a, n.reshaped(b, {})};
    }
    shape aligned = from;
    while (aligned.rank < to.rank - first && aligned.rank < to.rank) {
        aligned.append(1);
    }
    if (first < 0 || aligned.rank != to.rank - first || broadcast(to, aligned) != to) {
        throw unsupported("{} does not broadcast to {} from axis {} on", to_string(b->type), to_string(a->type), first);
    }
    return {a, n.reshaped(b, aligned)};
}

/// Imports a function of the list. Where attributes are not representable as integers, integer operands are computed in
/// float64.
template <class Function>
void import_function_of(source_node& n)
{
    constexpr bool is_of_onnx = !requires { Function::domain; };
    const elementwise_expression p = apply<Function>(n);
    for (std::size_t k = 0; k < n.operand_count(); ++k) {
        n.required_operand(k);
    }
    const element type = n.type(0).element;
    if (holds_attributes<Function>(p, type)) {
        const bool two = is_of_onnx && n.operand_count() == 2;
        return n.set_result(0, n.compute(p, two ? both_operands(n) : n.operands()));
    }
    n.set_result(0, cast(n, n.compute(p, {cast(n, n.required_operand(0), element::float64)}), type));
}

template <class Function>
std::string domain_of()
{
    if constexpr (requires { Function::domain; }) {
        return std::string(Function::domain);
    } else {
        return "";
    }
}

template <class... Function>
void add_functions(operator_table& table, type_list<Function...>)
{
    const auto add = [&]<class F>(F) {
        if constexpr (cameo::detail::is_operator<F>) {
            table.add_of_domain<F>(domain_of<F>(), std::string(F::name), {std::begin(F::opsets), std::end(F::opsets)},
                import_function_of<F>);
        }
    };
    (add(Function{}), ...);
}

/// Imports a variadic operator as a chain of applications to two operands.
template <const auto& Expression>
void import_chain(source_node& n)
{
    value* all = n.required_operand(0);
    for (std::size_t k = 1; k < n.operand_count(); ++k) {
        all = n.compute(Expression(operand<0>, operand<1>), {all, n.required_operand(k)});
    }
    n.set_result(0, all);
}

void import_mean(source_node& n)
{
    value* all = n.required_operand(0);
    for (std::size_t k = 1; k < n.operand_count(); ++k) {
        all = n.compute(add(operand<0>, operand<1>), {all, n.required_operand(k)});
    }
    n.set_result(0, n.compute(div(operand<0>, static_cast<double>(n.operand_count())), {all}));
}

void import_swiglu(source_node& n)
{
    if (n.type(0) != n.type(1)) {
        throw unsupported("operands must be of one type, found {} and {}", to_string(n.type(0)), to_string(n.type(1)));
    }
    n.set_result(0, n.compute(mul(swish(operand<0>, n.number("alpha", 1)), operand<1>),
                        {n.required_operand(0), n.required_operand(1)}));
}

void import_mod(source_node& n)
{
    n.set_result(
        0, n.compute(n.integer("fmod", 0) ? fmod(operand<0>, operand<1>) : mod(operand<0>, operand<1>), n.operands()));
}

/// Imports PRelu, whose slopes belonged to the channels before opset 7.
void import_prelu(source_node& n)
{
    value *x = n.required_operand(0), *slope = n.required_operand(1);
    const shape &to = x->type.shape, &from = slope->type.shape;
    if (n.opset() < 7 && from.count() != 1) {
        if (to.rank < 2 || from != shape{to[1]}) {
            throw unsupported("before opset 7, there must be one slope or one for each channel, found {} for {}",
                to_string(slope->type), to_string(x->type));
        }
        slope = n.reshaped(slope, then_ones(from, to.rank - 1));
    }
    n.set_result(0, n.compute(prelu(operand<0>, operand<1>), {x, slope}));
}

void import_bit_shift(source_node& n)
{
    const std::string direction = n.text("direction", "");
    if (direction != "LEFT" && direction != "RIGHT") {
        throw unsupported("attribute 'direction' must be LEFT or RIGHT, found '{}'", direction);
    }
    n.set_result(
        0, n.compute(direction == "LEFT" ? shift_left(operand<0>, operand<1>) : shift_right(operand<0>, operand<1>),
               {n.required_operand(0), n.required_operand(1)}));
}

void import_is_inf(source_node& n)
{
    const auto negative = static_cast<double>(n.integer("detect_negative", 1)),
               positive = static_cast<double>(n.integer("detect_positive", 1));
    n.set_result(0, n.compute(is_inf(operand<0>, negative, positive), {n.required_operand(0)}));
}

/// Imports Pow, whose exponent may have another type: integers are then computed in int64, others in float64, and the
/// result gets the type of the base.
void import_pow(source_node& n)
{
    const std::vector<value*> both = both_operands(n);
    value *base = both[0], *exponent = both[1];
    if (base->type.element == exponent->type.element) {
        return n.set_result(0, n.compute(pow(operand<0>, operand<1>), {base, exponent}));
    }
    const element meeting =
        is_floating(base->type.element) || is_floating(exponent->type.element) ? element::float64 : element::int64;
    value* result = n.compute(pow(operand<0>, operand<1>), {cast(n, base, meeting), cast(n, exponent, meeting)});
    n.set_result(0, cast(n, result, base->type.element));
}

/// Imports Clip. Before opset 11, bounds are attributes that default to the largest floats. Since then they are
/// operands, which become constants of the expression if they are known and exact.
void import_clip(source_node& n)
{
    std::vector<value*> operands{n.required_operand(0)};
    const auto bound = [&](std::size_t k, std::string_view name, double otherwise, bool& present) {
        elementwise_expression p;
        present = n.opset() < 11 || n.operand(k) != nullptr;
        if (!present) {
            return p;
        }
        if (n.opset() < 11) {
            p.result = argument::of_constant(n.number(name, otherwise));
        } else if (const value* v = n.operand(k);
            v->data && is_floating(v->type.element) && v->type.shape.count() == 1) {
            p.result = argument::of_constant(numbers(*v->data)[0]);
        } else {
            p.result = argument::of_operand(static_cast<int>(operands.size()));
            operands.push_back(n.operand(k));
        }
        return p;
    };
    bool has_low = false, has_high = false;
    constexpr double largest = std::numeric_limits<float>::max();
    const elementwise_expression low = bound(1, "min", -largest, has_low), high = bound(2, "max", largest, has_high);
    const elementwise_expression p = has_low && has_high ? clip(operand<0>, low, high)
                                     : has_low           ? max(operand<0>, low)
                                     : has_high          ? min(operand<0>, high)
                                                         : operand<0>;
    n.set_result(0, n.compute(p, operands));
}

}  // namespace

value* sum(source_node& n, value* a, value* b)
{
    return !a ? b : !b ? a : n.compute(add(operand<0>, operand<1>), {a, b});
}

void add_elementwise(operator_table& table)
{
    add_functions(table, function_list{});
    table.add<functions::add>("Sum", {1, 6, 8, 13}, import_chain<add>);
    table.add<functions::max>("Max", {1, 6, 8, 12, 13}, import_chain<max>);
    table.add<functions::min>("Min", {1, 6, 8, 12, 13}, import_chain<min>);
    table.add<functions::add>("Mean", {1, 6, 8, 13}, import_mean);
    table.add<functions::swish>("SwiGLU", {28}, import_swiglu);
    table.add<number_elements, functions::mod>("Mod", {10, 13, 28}, import_mod);
    table.add<functions::shift_left>("BitShift", {11, 28}, import_bit_shift);
    table.add<functions::is_inf>("IsInf", {10, 20}, import_is_inf);
    table.add<functions::pow>("Pow", {1, 7, 12, 13, 15}, import_pow);
    table.add<functions::prelu>("PRelu", {1, 6, 7, 9, 16}, import_prelu);
    table.add<functions::clip>("Clip", {1, 6, 11, 12, 13}, import_clip);
}

}  // namespace cameo::generator
