// Writes the dependencies of an output as a rule, with names escaped so that make and Ninja read the same.
#include "command/depfile.hpp"
#include "support/failure.hpp"
#include <string_view>

namespace cameo::generator {

namespace {

/// Finds characters that make and Ninja do not both read as part of a name: make begins a command at a semicolon, and
/// Ninja ends a name at the others.
bool ends_name(unsigned char c)
{
    return c < 0x20 || c == 0x7f || std::string_view("\\;|*<>`^").find(static_cast<char>(c)) != std::string_view::npos;
}

/// Escapes a name as compilers do: make and Ninja agree on a backslash before a space, # and :, and on $$.
std::string escaped(const std::filesystem::path& path)
{
    std::string text;
    for (const char c : path.string()) {
        if (ends_name(static_cast<unsigned char>(c))) {
            throw failure("--depfile: make and Ninja cannot both read '{}': rename it without '{}'",
                printable(path.string()), printable({&c, 1}));
        }
        if (c == '$') {
            text += '$';
        }
        if (c == ' ' || c == '#' || c == ':') {
            text += '\\';
        }
        text += c;
    }
    return text;
}

}  // namespace

std::string depfile_rule(const std::filesystem::path& target, const std::vector<std::filesystem::path>& files)
{
    std::string text = escaped(target) + ":";
    for (const auto& file : files) {
        text += " " + escaped(file);
    }
    return text + "\n";
}

}  // namespace cameo::generator
