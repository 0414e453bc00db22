// Formats errors and diagnostics, with text from model files escaped.
#include "support/failure.hpp"

namespace cameo::generator {

std::string printable(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte >= 0x7f) {
            result += fmt::format("\\x{:02x}", byte);
        } else {
            result += c;
        }
    }
    return result;
}

namespace {

std::string listed(const std::vector<diagnostic>& diagnostics, const std::string& heading)
{
    std::string text = heading;
    for (const diagnostic& o : diagnostics) {
        text += (text.empty() ? "" : heading.empty() ? "\n" : "\n  ") + describe(o);
    }
    return text;
}

}  // namespace

refusal::refusal(std::vector<diagnostic> diagnostics, const std::string& heading)
    : failure(listed(diagnostics, heading)), obstacles_(std::move(diagnostics))
{
}

std::string describe(const diagnostic& o)
{
    if (o.operator_type.empty()) {
        return printable(o.reason);
    }
    return fmt::format(
        "node '{}' ({}, opset {}): {}", printable(o.node), printable(o.operator_type), o.opset, printable(o.reason));
}

}  // namespace cameo::generator
