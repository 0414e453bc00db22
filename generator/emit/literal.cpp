// Writes elements, types and storage as C++.
#include "emit/literal.hpp"
#include "emit/code_lines.hpp"
#include "emit/escape.hpp"
#include "graph/text.hpp"
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace cameo::generator {

namespace {

template <class T>
std::string literal(T v)
{
    if constexpr (std::is_same_v<T, bool>) {
        return v ? "true" : "false";
    } else if constexpr (cameo::detail::is_narrow<T>) {
        return fmt::format("{}::from_bits({})", names_of(element_of<T>).cpp, v.bits());
    } else if constexpr (std::is_floating_point_v<T>) {
        const std::string_view name = std::is_same_v<T, float> ? "float" : "double";
        if (std::isnan(v)) {
            return fmt::format("std::numeric_limits<{}>::quiet_NaN()", name);
        }
        if (std::isinf(v)) {
            return fmt::format("{}std::numeric_limits<{}>::infinity()", v < 0 ? "-" : "", name);
        }
        std::string text = fmt::format("{}", v);  // the shortest that reads back to the same number
        if (text.find_first_of(".e") == std::string::npos) {
            text += ".0";
        }
        return std::is_same_v<T, float> ? text + "f" : text;
    } else if constexpr (std::is_signed_v<T> && sizeof(T) >= sizeof(int)) {
        // The smallest number has no literal: a minus sign applies to a number that is too large.
        return v == std::numeric_limits<T>::min()
                   ? fmt::format("std::numeric_limits<{}>::min()", names_of(element_of<T>).cpp)
                   : fmt::format("{}", v);
    } else {
        return fmt::format("{}{}", v, sizeof(T) == sizeof(std::uint64_t) ? "u" : "");  // it may be no signed number
    }
}

}  // namespace

std::string literals(const tensor& t)
{
    std::string text;
    std::size_t column = columns;
    with_elements(t, [&](auto elements) {
        for (const auto v : elements) {
            const std::string number = literal(v) + ',';
            const bool fits = column + 1 + number.size() <= columns;
            text += (fits ? " " : "\n    ") + number;
            column = (fits ? column + 1 : 4) + number.size();
        }
    });
    return text;
}

std::string cpp_storage(const storage& s)
{
    if (s == storage{}) {
        return "cameo::storage{}";
    }
    std::string text = fmt::format("cameo::storage{{.layout = cameo::layout::{}", enumerator_name(s.layout));
    if (const halo& h = s.halo; h != halo{}) {
        text += fmt::format(", .halo = {{{}, {}, {}, {}}}", h.top, h.left, h.bottom, h.right);
    }
    if (s.gate_count != 1) {
        text += fmt::format(", .gate_count = {}", s.gate_count);
    }
    if (s.pitch) {
        text += fmt::format(", .pitch = {}", s.pitch);
    }
    if (s.fill) {
        text += fmt::format(", .fill = {}", s.fill);
    }
    return text + "}";
}

std::string cpp_tensor_type(const tensor_type& t) { return cpp_tensor_type(t, {}); }

std::string cpp_tensor_type(const tensor_type& t, const std::map<int, std::string>& named)
{
    if (!t.present()) {
        return "cameo::absent";
    }
    std::string extents;
    for (int axis = 0; axis < t.shape.rank; ++axis) {
        const auto name = named.find(axis);
        extents += (axis ? ", " : "") + (name == named.end() ? fmt::format("{}", t.shape[axis]) : name->second);
    }
    std::string text = fmt::format("cameo::{}<{}>", names_of(t.element).header, extents);
    const halo& h = t.storage.halo;
    const bool edge = h != halo{};
    const std::string around = edge ? fmt::format("{{{}, {}, {}, {}}}", h.top, h.left, h.bottom, h.right) : "";
    if (t.storage.pitch) {
        return fmt::format("{}.stored({{.layout = cameo::layout::{}, .pitch = {}}})", text,
            enumerator_name(t.storage.layout), t.storage.pitch);
    }
    if (t.storage.layout == layout::blocked) {
        return fmt::format("{}.blocked({}{})", text, around, t.storage.fill ? fmt::format(", {}", t.storage.fill) : "");
    }
    if (t.storage != storage{}) {
        const std::string gates = t.storage.gate_count == 1 ? "" : fmt::format(", {}", t.storage.gate_count);
        const std::string rest = edge || !gates.empty() ? fmt::format(", {}{}", edge ? around : "{}", gates) : "";
        return fmt::format("{}.stored({{cameo::layout::{}{}}})", text, enumerator_name(t.storage.layout), rest);
    }
    return text;
}

std::string string_literals(const std::string& bytes)
{
    constexpr std::size_t escape = 4;
    std::string text;
    std::size_t column = columns;
    for (const char c : bytes) {
        if (column + escape + 1 > columns) {
            text += text.empty() ? "\n    \"" : "\"\n    \"";
            column = 5;
        }
        const std::size_t before = text.size();
        append_escaped(text, c);
        column += text.size() - before;
    }
    return text + (text.empty() ? "\"\"" : "\"");
}

}  // namespace cameo::generator
