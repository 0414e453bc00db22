// Selects the overload of evaluate() for element types that are known only at run time, for the generator.
#pragma once
#include <cameo/core/type_name.hpp>
#include <cameo/op/layer.hpp>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

namespace cameo::inline CAMEO_TARGET {

using type_span = std::span<const tensor_type>;

namespace detail {

/// A type of a signature stands for the element type that it is.
struct by_type {
    template <class T>
    static bool fits(const tensor_type& t)
    {
        return !t.present() || t.element == element_of<T>;
    }
};
/// Unsigned integers of a signature stand for all element types of their size.
struct by_size {
    template <class T>
    static bool fits(const tensor_type& t)
    {
        return by_type::fits<T>(t) ||
               (std::is_unsigned_v<T> && !std::is_same_v<T, bool> && size_of(t.element) == sizeof(T));
    }
};

inline tensor_type type_at(type_span types, std::size_t i) { return i < types.size() ? types[i] : absent; }

template <class Spec, class Recognize, class... Result, class... Operand, class Visit>
bool try_types(type_list<Result...> r, type_list<Operand...> o, type_span operands, type_span of_results, Visit visit)
{
    bool fit = true;
    if constexpr (variadic<Spec>) {
        for (const tensor_type& t : operands) {
            fit = fit && (Recognize::template fits<Operand>(t) && ...);
        }
    } else {
        std::size_t k = 0;
        ((fit = Recognize::template fits<Operand>(type_at(operands, k++)) && fit), ...);
    }
    std::size_t k = 0;
    ((fit = Recognize::template fits<Result>(type_at(of_results, k++)) && fit), ...);
    if (fit) {
        visit(r, o);
    }
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

template <class Spec, class Recognize, class Signature, class Visit>
bool try_one(type_span operands, type_span of_results, Visit visit)
{
    constexpr Signature* none = nullptr;
    return try_types<Spec, Recognize>(
        decltype(result_types(none)){}, decltype(operand_types(none)){}, operands, of_results, visit);
}

template <class Spec, class... A, class Try>
bool any_of(type_list<type_list<A...>>, Try attempt)
{
    return (attempt.template operator()<typename Spec::template signature<A>>() || ...);
}
template <class Spec, class... A, class... B, class Try>
bool any_of(type_list<type_list<A...>, type_list<B...>>, Try attempt)
{
    const auto with = [&]<class X>() {
        return (attempt.template operator()<typename Spec::template signature<X, B>>() || ...);
    };
    return (with.template operator()<A>() || ...);
}
template <class Spec, class... A, class... B, class... C, class Try>
bool any_of(type_list<type_list<A...>, type_list<B...>, type_list<C...>>, Try attempt)
{
    const auto inner = [&]<class X, class Y>() {
        return (attempt.template operator()<typename Spec::template signature<X, Y, C>>() || ...);
    };
    const auto outer = [&]<class X>() { return (inner.template operator()<X, B>() || ...); };
    return (outer.template operator()<A>() || ...);
}

/// Calls visit(type_list of results, type_list of operands) for the first combination of the signature's types that
/// fits.
template <class Spec, class Recognize = by_type, class Parameters = typename Spec::parameters, class Visit>
bool with_signature(type_span operands, type_span of_results, Visit visit)
{
    return any_of<Spec>(Parameters{},
        [&]<class Signature>() { return try_one<Spec, Recognize, Signature>(operands, of_results, visit); });
}

/// A spec that says `moves_bits`: its evaluate() copies elements, and writes zeros where there are none. One for each
/// size of elements does for all element types, so that the generator need not compile it for each of these.
template <class Spec>
concept moves_bits = requires { requires Spec::moves_bits; };

template <class... Others>
type_list<type_list<std::uint8_t, std::uint16_t, std::uint32_t, std::uint64_t>, Others...> sized_parameters(
    type_list<any_elements, Others...>);

/// Calls visit with types for which evaluate() does what it does for the element types of these operands.
template <class Spec, class Visit>
bool with_evaluated_types(type_span operands, type_span of_results, Visit visit)
{
    if constexpr (moves_bits<Spec>) {
        return with_signature<Spec, by_size, decltype(sized_parameters(typename Spec::parameters{}))>(
            operands, of_results, visit);
    } else {
        return with_signature<Spec>(operands, of_results, visit);
    }
}

/// Converts memory to spans of these types; empty if there is none.
template <class... Element, class Address>
auto spans_of(std::span<Address const> memory, type_span types, type_list<Element...>)
{
    std::size_t k = 0;
    const auto next = [&]<class T>(T*) {
        using element = std::conditional_t<std::is_same_v<Address, const void*>, const T, T>;
        const std::size_t at = k++;
        if (at >= memory.size() || !memory[at]) {
            return std::span<element>{};
        }
        return std::span(static_cast<element*>(memory[at]), index(types[at].shape.count()));
    };
    return std::tuple<decltype(next(static_cast<Element*>(nullptr)))...>{next(static_cast<Element*>(nullptr))...};
}

template <class T>
std::vector<std::span<const T>> list_of_spans(std::span<const void* const> memory, type_span types, type_list<T>)
{
    std::vector<std::span<const T>> all;
    for (std::size_t k = 0; k < memory.size(); ++k) {
        all.emplace_back(static_cast<const T*>(memory[k]), index(types[k].shape.count()));
    }
    return all;
}

}  // namespace detail

/// Makes a spec from operand types; missing ones at the end are absent.
template <class Spec>
Spec make_runtime_spec(const typename Spec::attributes& attributes, type_span operands)
{
    if constexpr (variadic<Spec>) {
        operand_list list;
        for (const tensor_type& t : operands) {
            if (list.count < operand_list::capacity) {
                list.types[index(list.count++)] = t;
            }
        }
        return Spec{attributes, list};
    } else {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return settled(Spec{attributes, detail::type_at(operands, I)...});
        }(std::make_index_sequence<operand_count<Spec>>{});
    }
}

/// Counts the multiplications of one call; 0 for an operator that does not count them.
template <class Spec>
dim multiplications_of([[maybe_unused]] const Spec& s)
{
    if constexpr (requires { multiplications(s); }) {
        return multiplications(s);
    } else {
        return 0;
    }
}

/// Estimates the steps of the plain definition: its elements, or what the operator says.
template <class Spec>
dim work_of(const Spec& s, type_span operands)
{
    dim elements = 0;
    for (const tensor_type& t : operands) {
        elements = saturating_sum(elements, t.shape.count());
    }
    for (const tensor_type& t : results_of(s)) {
        elements = saturating_sum(elements, t.shape.count());
    }
    if constexpr (requires { work(s); }) {
        return std::max(elements, work(s));
    } else {
        return std::max(elements, multiplications_of(s));
    }
}

template <class Spec>
bool matches_signature(const Spec& s, type_span operands)
{
    return detail::with_signature<Spec>(operands, results_of(s), [](auto...) {});
}

/// Describes the problem with these operands in words.
template <class Spec>
std::optional<std::string> problem_of(const typename Spec::attributes& attributes, type_span operands)
{
    constexpr std::size_t most = variadic<Spec> ? operand_list::capacity : operand_count<Spec>;
    if (operands.size() > most) {
        return "takes at most " + std::to_string(most) + " operands, found " + std::to_string(operands.size());
    }
    const Spec s = make_runtime_spec<Spec>(attributes, operands);
    if (const auto p = check(s); p != decltype(p)::none) {
        return words(p);
    }
    if (!matches_signature(s, operands)) {
        return "these element types are not supported";
    }
    return std::nullopt;
}

/// Tells whether any wanted result, apart from scratch memory, has an element. Shapes with no elements may be huge
/// along other axes: then there is nothing to iterate over.
template <class Spec>
bool makes_elements(type_span result_types)
{
    for (std::size_t k = 0; k < result_types.size(); ++k) {
        if constexpr (has_scratch<Spec>) {
            if (k == Spec::scratch) {
                continue;
            }
        }
        if (result_types[k].present() && result_types[k].shape.count() > 0) {
            return true;
        }
    }
    return false;
}

/// Calls evaluate() on memory of these types: elements in plain storage, null for an absent operand or an unused
/// result. Returns false if the operator does not take these types.
template <class Spec>
[[nodiscard]] bool evaluate_in_memory(const Spec& s, type_span operand_types, std::span<const void* const> operands,
    type_span result_types, std::span<void* const> results)
{
    if (!makes_elements<Spec>(result_types)) {
        return true;
    }
    const auto call = [&](auto result_list, auto list_of_operands) {
        const auto to = detail::spans_of(results, result_types, result_list);
        if constexpr (variadic<Spec>) {
            const auto all = detail::list_of_spans(operands, operand_types, list_of_operands);
            std::apply([&](auto... r) { evaluate(s, std::span(all), r...); }, to);
        } else {
            const auto all = detail::spans_of(operands, operand_types, list_of_operands);
            std::apply([&](auto... o) { std::apply([&](auto... r) { evaluate(s, o..., r...); }, to); }, all);
        }
    };
    return detail::with_evaluated_types<Spec>(operand_types, results_of(s), call);
}

}  // namespace cameo::inline CAMEO_TARGET
