// Finds brackets, words and comments in generated C++.
#include "emit/code_words.hpp"
#include <cctype>

namespace cameo::generator {

bool opens_bracket(std::string_view code, std::size_t at)
{
    const char c = code[at];
    const auto before = static_cast<unsigned char>(at > 0 ? code[at - 1] : ' ');
    return c == '(' || c == '{' || c == '[' || (c == '<' && (std::isalnum(before) || before == '_'));
}

bool closes_bracket(std::string_view code, std::size_t at)
{
    const char c = code[at], before = at > 0 ? code[at - 1] : ' ';
    return c == ')' || c == '}' || c == ']' || (c == '>' && before != ' ' && before != '-');
}

namespace {

/// Does a line rather not end at this space? What is beside an equals sign or after a colon belongs together, and a
/// body begins in the line of its head.
bool binds(std::string_view code, std::size_t space, std::size_t depth)
{
    const std::string_view before = code.substr(0, space), after = code.substr(space + 1);
    return before.ends_with(" =") || before.ends_with(" :") || after.starts_with("= ") ||
           (depth == 0 && after.starts_with('{'));
}

}  // namespace

std::vector<word> words_of(std::string_view code)
{
    std::vector<word> words;
    std::size_t begin = 0, depth_at_begin = 0;
    const auto add = [&](std::size_t end) {
        if (end > begin) {
            words.push_back({code.substr(begin, end - begin), depth_at_begin});
        }
    };
    each_character(code, [&](std::size_t at, std::size_t depth, bool in_string) {
        if (!in_string && code[at] == ' ' && !binds(code, at, depth)) {
            add(at);
            begin = at + 1;
            depth_at_begin = depth;
        }
    });
    add(code.size());
    return words;
}

std::size_t comment_of(std::string_view line)
{
    std::size_t found = line.size();
    each_character(line, [&](std::size_t at, std::size_t, bool in_string) {
        if (!in_string && found == line.size() && line.substr(at).starts_with("//")) {
            found = at;
        }
    });
    return found;
}

}  // namespace cameo::generator
