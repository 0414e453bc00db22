// Layers of constants, whose results the compiler computes: they take neither time nor a place in the arena.
#pragma once
#include <cameo/network/run.hpp>

namespace cameo::inline CAMEO_TARGET::detail {

/// The most elements of a result that the compiler computes; the network itself computes a larger one in each run.
/// Within the 1,048,576 steps that clang allows a constant expression, an element may take a thousand.
inline constexpr dim most_computed = 1024;

/// Tells whether the compiler computes a value: a layer that the header marks `is_constant`, which is small, and whose
/// operands are constants in the header or computed too.
template <class Value>
inline constexpr bool is_computed = false;
template <class Value>
inline constexpr bool is_known_to_the_compiler =
    std::is_base_of_v<none, Value> || is_computed<Value> || requires { Value::values; };
template <class... Operand>
constexpr bool all_known_to_the_compiler(from<Operand...>)
{
    return (is_known_to_the_compiler<Operand> && ...);
}
template <class Layer>
    requires requires { Layer::is_constant; }
inline constexpr bool is_computed<Layer> = Layer::type.present() && Layer::type.shape.count() <= most_computed &&
                                           all_known_to_the_compiler(typename Layer::operands{});

/// A value that has a place in the arena.
template <class Value>
concept scheduled = requires { Value::step; } && !is_computed<Value>;

template <class Layer>
using elements_of = std::array<element_type<Layer::type.element>, index(Layer::type.shape.count())>;

template <class Layer>
constexpr elements_of<Layer> compute_elements();

/// The elements of the result.
template <class Layer>
alignas(alignment) inline constexpr elements_of<Layer> computed_elements = compute_elements<Layer>();

/// The operands and the result of a layer, for with_spans.
template <class Layer>
struct spans_of_constants {
    elements_of<Layer>& result;

    template <class Operand>
    constexpr auto source() const
    {
        if constexpr (!Operand::type.present()) {
            return absent_span{};
        } else if constexpr (is_computed<Operand>) {
            return std::span<const element_type<Operand::type.element>>(computed_elements<Operand>);
        } else {
            return std::span<const element_type<Operand::type.element>>(Operand::values, stored<Operand>);
        }
    }
    template <class Result>
    constexpr auto target() const
    {
        if constexpr (Result::type.present()) {
            return std::span<element_type<Result::type.element>>(result);
        } else {
            return absent_span{};
        }
    }
};

template <class Layer>
constexpr elements_of<Layer> compute_elements()
{
    elements_of<Layer> elements{};
    if constexpr (makes_elements<Layer>) {
        with_spans(Layer{}, typename Layer::operands{}, typename Layer::secondary_outputs{},
            spans_of_constants<Layer>{elements}, [](const auto&... span) { evaluate(Layer::spec, span...); });
    }
    return elements;
}

}  // namespace cameo::inline CAMEO_TARGET::detail
