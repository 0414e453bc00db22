// The elementwise layer: one expression of functions applied to broadcast operands, for single operators and fused
// chains.
#pragma once
#include <cameo/core/floats.hpp>
#include <cameo/function/list.hpp>
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/layer.hpp>

namespace cameo::inline CAMEO_TARGET {

struct elementwise_attributes {
    elementwise_expression compute = operand<0>;
    static constexpr void each(auto visit) { visit("compute", &elementwise_attributes::compute); }
};

/// y[i] = compute(x0[i], x1[i], …) with numpy's broadcasting (ONNX: multidirectional).
/// The operands are of one element type; a predicate (Less, IsNaN) gives boolean and stands alone.
struct elementwise_spec : elementwise_attributes {
    using attributes = elementwise_attributes;
    static constexpr bool variadic = true;
    operand_list x{};

    struct that_of_operands {};
    template <class T, class R>
    using signature = std::conditional_t<std::is_same_v<R, that_of_operands>, T, R>(T);
    using parameters = type_list<any_elements, type_list<that_of_operands, bool>>;
};

enum class elementwise_problem {
    none,
    operands_do_not_broadcast_together,
    operands_must_have_one_element_type,
    function_does_not_take_this_element_type,
    expression_reads_an_operand_that_is_not_there,
    expression_is_too_long,
    there_are_too_many_operands,
    IsNaN_and_IsInf_have_no_meaning_under_ffinite_math_only_and_ffast_math,
};

namespace detail {

/// Returns the element type of the expression's result for operands of one type; none if a function does not take it.
constexpr element expression_result(const elementwise_expression& p, element e)
{
    element result = e;
    for (const instruction& i : p) {
        const function_facts& f = facts_of(i);
        if (!f.takes(e) || (f.is_predicate && p.length > 1)) {
            return element::none;
        }
        if (f.is_predicate) {
            result = element::boolean;
        }
    }
    return result;
}

/// Tells whether the expression has a function that distinguishes NaN or infinities from numbers.
constexpr bool any_tells_non_numbers(const elementwise_expression& p)
{
    for (const instruction& i : p) {
        if (facts_of(i).tells_non_numbers) {
            return true;
        }
    }
    return false;
}

}  // namespace detail

constexpr elementwise_problem check(const elementwise_spec& s)
{
    using enum elementwise_problem;
    if (s.x.count > elementwise_expression::max_operands) {
        return there_are_too_many_operands;
    }
    if (s.compute.operands() > s.x.count) {
        return expression_reads_an_operand_that_is_not_there;
    }
    if (s.compute.result.is_overflow()) {
        return expression_is_too_long;
    }
    shape together = s.x[0].shape;
    for (int i = 1; i < s.x.count; ++i) {
        if (s.x[i].element != s.x[0].element) {
            return operands_must_have_one_element_type;
        }
        together = broadcast(together, s.x[i].shape);
        if (together.rank < 0) {
            return operands_do_not_broadcast_together;
        }
    }
    if (detail::expression_result(s.compute, s.x[0].element) == element::none) {
        return function_does_not_take_this_element_type;
    }
    if (detail::finite_only && detail::any_tells_non_numbers(s.compute)) {
        return IsNaN_and_IsInf_have_no_meaning_under_ffinite_math_only_and_ffast_math;
    }
    return none;
}

/// Has the shape to which all operands broadcast.
constexpr tensor_type result(const elementwise_spec& s)
{
    shape together = s.x[0].shape;
    for (int i = 1; i < s.x.count; ++i) {
        together = broadcast(together, s.x[i].shape);
    }
    return {detail::expression_result(s.compute, s.x[0].element), together};
}

/// The number of a function's arguments, including attributes.
template <class Function, class T = detail::first<typename Function::elements>>
inline constexpr std::size_t arity = std::is_invocable_v<Function, T>      ? 1
                                     : std::is_invocable_v<Function, T, T> ? 2
                                                                           : 3;

namespace detail {

/// Calls an elementwise function on as many arguments as it takes; void if it does not take their type.
template <class F, class T>
constexpr auto call(F f, const std::array<T, 3>& a)
{
    if constexpr (facts_of_functions[place_of<F>()].takes(element_of<T>)) {
        if constexpr (arity<F> == 1) {
            return in_order(f(a[0]));
        } else if constexpr (arity<F> == 2) {
            return in_order(f(a[0], a[1]));
        } else {
            return in_order(f(a[0], a[1], a[2]));
        }
    }
}

/// A function on up to three numbers. What reads tensors is compiled once for all functions.
template <class T, class R>
using function_pointer = R (*)(const std::array<T, 3>&);

template <class F, class T, class R>
constexpr R call_of(const std::array<T, 3>& a)
{
    return call(F{}, a);
}

/// Returns the function at a place of the list; null if it does not give R for T.
template <class T, class R>
constexpr function_pointer<T, R> function_on(std::uint8_t place)
{
    function_pointer<T, R> found = nullptr;
    visit_function(place, [&]<class F>(F) {
        if constexpr (std::is_same_v<decltype(call(F{}, std::array<T, 3>{})), R>) {
            found = call_of<F, T, R>;
        }
    });
    return found;
}

template <class T>
using function_operands = std::array<T, elementwise_expression::max_operands>;

/// The functions of an expression, each looked up once.
template <class T, class R = T>
struct interpreter {
    constexpr explicit interpreter(const elementwise_expression& e) : expression(e)
    {
        for (int i = 0; i < e.length; ++i) {
            functions[index(i)] = function_on<T, R>(e.code[index(i)].function);
        }
    }

    constexpr R operator()(const function_operands<T>& operands) const
    {
        std::array<R, elementwise_expression::capacity> results{};
        const auto read = [&]<class Read>(const argument& a, Read) {
            return a.is_constant()  ? static_cast<Read>(a.constant)
                   : a.is_operand() ? static_cast<Read>(operands[a.operand()])
                                    : static_cast<Read>(results[a.result()]);
        };
        for (int i = 0; i < expression.length; ++i) {
            const auto& from = expression.code[index(i)].arguments;
            results[index(i)] = functions[index(i)]({read(from[0], T{}), read(from[1], T{}), read(from[2], T{})});
        }
        return read(expression.result, R{});
    }

    const elementwise_expression& expression;
    std::array<function_pointer<T, R>, elementwise_expression::capacity> functions{};
};

template <class T>
constexpr T interpret(const elementwise_expression& e, const function_operands<T>& operands)
{
    return interpreter<T>(e)(operands);
}

}  // namespace detail

template <class T, class R>
constexpr void evaluate(const elementwise_spec& s, std::span<const std::span<const T>> x, std::span<R> y)
{
    const shape out = result(s).shape;
    std::array<per_axis, elementwise_expression::max_operands> strides{};
    for (int i = 0; i < s.x.count; ++i) {
        strides[index(i)] = broadcast_strides(s.x[i].shape, out);
    }
    const detail::interpreter<T, R> compute(s.compute);
    per_axis at{};
    for (R& value : y) {
        detail::function_operands<T> a{};
        for (std::size_t i = 0; i < index(s.x.count); ++i) {
            a[i] = x[i][index(dot(at, strides[i], out.rank))];
        }
        value = compute(a);
        advance(at, out);
    }
}

constexpr axis_flow flow_of(const elementwise_spec& s, int operand, const axis_part& part)
{
    return broadcast_flow(s.x[operand], result(s), part);
}

template <auto Result, class Operands, elementwise_attributes Attributes = elementwise_attributes{},
    class Secondary = into<>>
using elementwise = layer<elementwise_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
