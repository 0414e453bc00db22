// From element types known at run time to the overload of evaluate() for them, by an operator's signature.
#pragma once
#include "support/tensor.hpp"
#include <cameo/network/plan.hpp>
#include <cameo/op/layer.hpp>
#include <tuple>

namespace cameo::generator {

namespace detail {

template <class T>
bool fits(const tensor_type& t)
{
    return !t.present() || t.element == element_of<T>;
}
inline tensor_type at(const std::vector<tensor_type>& types, std::size_t i) { return i < types.size() ? types[i] : absent; }


template <class Spec, class... Result, class... Operand, class Visit>
bool try_types(type_list<Result...> r, type_list<Operand...> o, const std::vector<tensor_type>& operands, const std::vector<tensor_type>& of_results, Visit visit)
{
    bool fit = true;
    if constexpr (variadic<Spec>) {
        for (const tensor_type& t : operands) fit = fit && (fits<Operand>(t) && ...);
    }
    else {
        std::size_t k = 0;
        ((fit = fits<Operand>(at(operands, k++)) && fit), ...);
    }
    std::size_t k = 0;
    ((fit = fits<Result>(at(of_results, k++)) && fit), ...);
    if (fit) visit(r, o);
    return fit;
}

template <class... Result>
type_list<Result...> as_list(results<Result...>*);
template <class Result>
type_list<Result> as_list(Result*);
template <class Result, class... Operand>
auto result_types(Result (*)(Operand...)) -> decltype(as_list(static_cast<Result*>(nullptr)));
template <class Result, class... Operand>
type_list<Operand...> operand_types(Result (*)(Operand...));

template <class Spec, class Signature, class Visit>
bool try_one(const std::vector<tensor_type>& operands, const std::vector<tensor_type>& of_results, Visit visit)
{
    constexpr Signature* none = nullptr;
    return try_types<Spec>(decltype(result_types(none)){}, decltype(operand_types(none)){}, operands, of_results, visit);
}

template <class Spec, class... A, class Try>
bool any_of(type_list<type_list<A...>>, Try attempt)
{
    return (attempt.template operator()<typename Spec::template signature<A>>() || ...);
}
template <class Spec, class... A, class... B, class Try>
bool any_of(type_list<type_list<A...>, type_list<B...>>, Try attempt)
{
    const auto with = [&]<class X>() { return (attempt.template operator()<typename Spec::template signature<X, B>>() || ...); };
    return (with.template operator()<A>() || ...);
}
template <class Spec, class... A, class... B, class... C, class Try>
bool any_of(type_list<type_list<A...>, type_list<B...>, type_list<C...>>, Try attempt)
{
    const auto inner = [&]<class X, class Y>() { return (attempt.template operator()<typename Spec::template signature<X, Y, C>>() || ...); };
    const auto outer = [&]<class X>() { return (inner.template operator()<X, B>() || ...); };
    return (outer.template operator()<A>() || ...);
}

/// Calls visit(type_list of results, type_list of operands) for the first combination of the signature's types that fits.
template <class Spec, class Visit>
bool with_signature(const std::vector<tensor_type>& operands, const std::vector<tensor_type>& of_results, Visit visit)
{
    return any_of<Spec>(typename Spec::parameters{}, [&]<class Signature>() { return try_one<Spec, Signature>(operands, of_results, visit); });
}

template <class Spec>
std::vector<tensor_type> result_types_of(const Spec& s)
{
    const auto all = results_of(s);
    return {all.begin(), all.end()};
}

template <class Spec, class... Result>
auto result_spans(std::vector<tensor>& results, type_list<Result...>)
{
    std::size_t k = 0;
    const auto next = [&]<class T>(T*) { return k < results.size() ? results[k++].as<T>() : std::span<T>{}; };
    return std::tuple<std::span<Result>...>{next(static_cast<Result*>(nullptr))...};
}

template <class... Operand>
auto operand_spans(const std::vector<const tensor*>& operands, type_list<Operand...>)
{
    std::size_t k = 0;
    const auto next = [&]<class T>(T*) {
        const tensor* t = k < operands.size() ? operands[k] : nullptr;
        ++k;
        return t ? t->as<T>() : std::span<const T>{};
    };
    return std::tuple<std::span<const Operand>...>{next(static_cast<Operand*>(nullptr))...};
}

template <class T>
std::vector<std::span<const T>> operand_list_spans(const std::vector<const tensor*>& operands, type_list<T>)
{
    std::vector<std::span<const T>> all;
    for (const tensor* t : operands) all.push_back(t->as<T>());
    return all;
}

}  // namespace detail

/// Multiplications of one call; 0 for an operator that does not count them.
template <class Spec>
dim multiplications_of([[maybe_unused]] const Spec& s)
{
    if constexpr (requires { multiplications(s); }) return multiplications(s);
    else return 0;
}

template <class Spec>
bool matches_signature(const Spec& s, const std::vector<tensor_type>& operands)
{
    return detail::with_signature<Spec>(operands, detail::result_types_of(s), [](auto...) {});
}

/// evaluate() on tensors. The results have the types that result() gives; one that nobody wants has no type and stays empty.
template <class Spec>
void evaluate_spec(const Spec& s, const std::vector<const tensor*>& operands, std::vector<tensor>& results)
{
    std::vector<tensor_type> types, of_results;
    for (const tensor* t : operands) types.push_back(t ? t->type : absent);
    for (const tensor& t : results) of_results.push_back(t.type);
    detail::with_signature<Spec>(types, detail::result_types_of(s), [&](auto result_list, auto list_of_operands) {
        auto to = detail::result_spans<Spec>(results, result_list);
        if constexpr (variadic<Spec>) {
            const auto all = detail::operand_list_spans(operands, list_of_operands);
            std::apply([&](auto... r) { evaluate(s, std::span(all), r...); }, to);
        }
        else {
            const auto all = detail::operand_spans(operands, list_of_operands);
            std::apply([&](auto... o) { std::apply([&](auto... r) { evaluate(s, o..., r...); }, to); }, all);
        }
    });
}

}  // namespace cameo::generator
