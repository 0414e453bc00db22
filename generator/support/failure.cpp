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
    for (const diagnostic& d : diagnostics) {
        text += (text.empty() ? "" : heading.empty() ? "\n" : "\n  ") + describe(d);
    }
    return text;
}

}  // namespace

refusal::refusal(std::vector<diagnostic> diagnostics, const std::string& heading)
    : failure(listed(diagnostics, heading)), diagnostics_(std::move(diagnostics))
{
}

std::vector<diagnostic> diagnostics_of(const failure& f)
{
    const auto* listed = dynamic_cast<const refusal*>(&f);
    return listed ? listed->diagnostics() : std::vector<diagnostic>{{"", "", 0, f.what()}};
}

std::string describe(const diagnostic& d)
{
    if (d.operator_type.empty()) {
        return printable(d.reason);
    }
    return fmt::format(
        "node '{}' ({}, opset {}): {}", printable(d.node), printable(d.operator_type), d.opset, printable(d.reason));
}

}  // namespace cameo::generator
