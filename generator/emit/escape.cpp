// Escapes text of a model file for string literals and comments.
#include "emit/escape.hpp"
#include "support/failure.hpp"

namespace cameo::generator {

void append_escaped(std::string& text, char c)
{
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte >= 0x7f || c == '"' || c == '\\' || c == '?') {
        const auto digit = [](int value) { return static_cast<char>('0' + value % 8); };
        text += {'\\', digit(byte / 64), digit(byte / 8), digit(byte)};
    } else {
        text += c;
    }
}

std::string string_literal(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text) {
        append_escaped(result, c);
    }
    return result + '"';
}

std::string comment(std::string_view text)
{
    std::string result;
    for (const char c : printable(text)) {
        result += c == '\\' || c == '?' ? '/' : c;  // a backslash would join the next line
    }
    return result;
}

}  // namespace cameo::generator
