// Generated C++ as words, brackets and strings: what can be told apart without a parser.
#pragma once
#include <string_view>
#include <vector>

namespace cameo::generator {

/// Does the character open, or close, brackets? The brackets of templates stand beside what is in them.
bool opens_bracket(std::string_view code, std::size_t at);
bool closes_bracket(std::string_view code, std::size_t at);

/// Calls visit(position, depth in brackets, whether it is in a string) for each character, and once for an escape
/// sequence, which has three digits (string_literal).
void each_character(std::string_view code, auto visit)
{
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t at = 0; at < code.size(); at += in_string && code[at] == '\\' ? 4 : 1) {
        visit(at, depth, in_string);
        if (code[at] == '"') {
            in_string = !in_string;
        } else if (!in_string) {
            depth += opens_bracket(code, at) ? 1 : 0;
            depth -= closes_bracket(code, at) && depth > 0 ? 1 : 0;
        }
    }
}

/// What a line can begin with: text up to a space that is in no string, and that does not bind what is beside it.
struct word {
    std::string_view text;
    std::size_t depth = 0;  ///< in brackets, at its beginning
};

std::vector<word> words_of(std::string_view code);

/// Where the comment of a line begins; its end where there is none.
std::size_t comment_of(std::string_view line);

}  // namespace cameo::generator
