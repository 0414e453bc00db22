// Writes the metadata_props of a model as a constant array of string_view pairs.
#include "emit/metadata.hpp"
#include "emit/names.hpp"
#include <fmt/format.h>

namespace cameo::generator {

namespace {

/// Writes a string literal, with its length if it contains a zero byte, at which it would end otherwise.
std::string literal(const std::string& text)
{
    return text.find('\0') == std::string::npos
               ? string_literal(text)
               : fmt::format("std::string_view({}, {})", string_literal(text), text.size());
}

}  // namespace

std::string metadata_text(const graph& g)
{
    if (g.metadata.empty()) {
        return "";
    }
    std::string text;
    for (const auto& [key, value] : g.metadata) {
        text += fmt::format("\n        {{{}, {}}},", literal(key), literal(value));
    }
    return fmt::format(
        "    static constexpr std::pair<std::string_view, std::string_view> metadata[] = {{{}\n    }};\n", text);
}

}  // namespace cameo::generator
