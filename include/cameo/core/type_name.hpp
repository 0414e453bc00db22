// Names of the library's types and enumerators as text, so that no list repeats them.
#pragma once
#include <array>
#include <cameo/core/target.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace cameo::inline CAMEO_TARGET {

namespace detail {
template <class T>
constexpr std::string_view function_name()
{
    return __PRETTY_FUNCTION__;
}
template <auto V>
constexpr std::string_view function_name_of_value()
{
    return __PRETTY_FUNCTION__;
}

/// Extracts the text between "= " and the closing "]" or ";" of a pretty function name.
constexpr std::string_view parameter(std::string_view pretty)
{
    const std::size_t first = pretty.find(" = ") + 3;
    return pretty.substr(first, pretty.find_first_of(";]", first) - first);
}
constexpr std::string_view last_component(std::string_view qualified)
{
    const std::size_t colons = qualified.rfind("::");
    return colons == std::string_view::npos ? qualified : qualified.substr(colons + 2);
}

template <class Enum, std::size_t... I>
constexpr auto enumerator_names(std::index_sequence<I...>)
{
    return std::array{last_component(parameter(function_name_of_value<static_cast<Enum>(I)>()))...};
}
}  // namespace detail

/// Returns the name of a type without namespaces: "conv_spec" for cameo::conv_spec.
template <class T>
constexpr std::string_view type_name()
{
    return detail::last_component(detail::parameter(detail::function_name<T>()));
}

/// Returns an enumerator's name, for enumerations that count from 0 and have fewer than 40 members.
template <class Enum>
constexpr std::string_view enumerator_name(Enum e)
{
    constexpr auto names = detail::enumerator_names<Enum>(std::make_index_sequence<40>{});
    return names[static_cast<std::size_t>(e)];
}

/// Writes an enumerator as words: "input_has_no_batch" as "input has no batch".
template <class Enum>
std::string words(Enum e)
{
    std::string text(enumerator_name(e));
    for (char& c : text) {
        if (c == '_') {
            c = ' ';
        }
    }
    return text;
}

}  // namespace cameo::inline CAMEO_TARGET
