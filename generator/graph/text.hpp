// Attribute values as C++ text, which headers contain and messages quote.
#pragma once
#include <cameo/core/type_name.hpp>
#include <cameo/function/list.hpp>
#include <cameo/op/elementwise.hpp>
#include <concepts>
#include <fmt/format.h>
#include <string>

namespace cameo::generator {

/// Writes an expression, such as "cameo::mul(cameo::operand<0>, cameo::sigmoid(cameo::operand<0>))".
std::string to_text(const elementwise_expression& p);
std::string to_text(const shape& s);
std::string to_text(double v);

/// Returns the text of an attribute as a message quotes it: NaN and infinity without the names of C++.
std::string for_people(std::string text);

inline std::string to_text(bool v) { return v ? "true" : "false"; }
template <std::integral T>
std::string to_text(T v)
{
    return fmt::format("{}", v);
}
template <class Enum>
    requires std::is_enum_v<Enum>
std::string to_text(Enum e)
{
    return fmt::format("cameo::{}::{}", type_name<Enum>(), enumerator_name(e));
}
/// Writes an array in two pairs of braces, which elements that are aggregates need, without empty elements at the end.
template <class T, std::size_t N>
std::string to_text(const std::array<T, N>& a)
{
    std::string text;
    std::size_t count = N;
    while (count > 0 && a[count - 1] == T{}) {
        --count;
    }
    for (std::size_t i = 0; i < count; ++i) {
        text += (i ? ", " : "") + to_text(a[i]);
    }
    return "{{" + text + "}}";
}

/// Visits the name and text of each attribute that differs from its default.
template <class Attributes, class Visit>
void each_attribute(const Attributes& attributes, Visit visit);

/// Writes a nested aggregate, such as "{.strides = {2, 2}}".
template <class Aggregate>
    requires requires { Aggregate::each([](auto...) {}); }
std::string to_text(const Aggregate& a)
{
    std::string text;
    each_attribute(a, [&](std::string_view name, const std::string& value) {
        text += fmt::format("{}.{} = {}", text.empty() ? "" : ", ", name, value);
    });
    return "{" + text + "}";
}

template <class Attributes, class Visit>
void each_attribute(const Attributes& attributes, Visit visit)
{
    const Attributes defaults{};
    Attributes::each([&](std::string_view name, auto member) {
        const std::string text = to_text(attributes.*member);
        if (text != to_text(defaults.*member)) {
            visit(name, text);
        }
    });
}

}  // namespace cameo::generator
