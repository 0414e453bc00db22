// Writes the members of a model that tell which it is.
#include "emit/identity.hpp"
#include "emit/escape.hpp"
#include <cameo/network/interface.hpp>

namespace cameo::generator {

namespace {

/// A literal; with its length where it has a zero in it, at which it would end.
std::string literal(const std::string& text)
{
    return text.find('\0') == std::string::npos
               ? string_literal(text)
               : fmt::format("std::string_view({}, {})", string_literal(text), text.size());
}

/// What the file says of itself; nothing where it says nothing.
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

/// The names of classes, whose numbers the network gives; nothing where they have none.
std::string labels_text(const graph& g)
{
    std::string text;
    for (const std::string& label : g.labels) {
        text += fmt::format("\n        {},", literal(label));
    }
    return text.empty() ? "" : fmt::format("    static constexpr std::string_view labels[] = {{{}\n    }};\n", text);
}

}  // namespace

std::string identity_of(const graph& g, const emit_options& options)
{
    return fmt::format(
        "    static constexpr auto name = {};\n    // SHA-256 of the model file.\n    static constexpr auto "
        "digest = {};\n{}{}",
        string_literal(options.name), string_literal(g.digest), metadata_text(g), labels_text(g));
}

std::string check_of_abi()
{
    return fmt::format("static_assert(cameo::abi == {0}, \"this header was generated for cameo abi {0}: generate it "
                       "again\");\n",
        abi);
}

}  // namespace cameo::generator
