// Chooses where a long line of code ends: as far out in its brackets as the width allows.
#include "emit/code_lines.hpp"
#include "emit/code_words.hpp"
#include <algorithm>
#include <fmt/format.h>

namespace cameo::generator {

namespace {

constexpr std::size_t indentation = 4;

/// Where a word that is too long can be broken.
struct cut {
    std::size_t at = 0;
    bool in_string = false;
};

/// The last cut that leaves at most `room` characters before it, between the parts of a qualified name only if there is
/// no other; or else at the word's end.
cut cut_of(std::string_view text, std::size_t room)
{
    cut last{text.size()}, in_name{text.size()};
    each_character(text, [&](std::size_t at, std::size_t, bool in_string) {
        const char before = at > 0 ? text[at - 1] : ' ';
        const bool after_bracket = !in_string && (before == '(' || before == '{' || before == ',' || before == '<');
        const bool within_string = in_string && before != '"' && text[at] != '"';
        if (at + (in_string ? 1 : 0) > room) {
            return;
        }
        if (after_bracket || within_string) {
            last = {at, in_string};
        } else if (!in_string && at > 1 && text.substr(at - 2, 2) == "::") {
            in_name = {at};
        }
    });
    return last.at < text.size() ? last : in_name;
}

class code_breaker {
public:
    explicit code_breaker(std::size_t indent) : indent_(indent), text_(indent, ' '), column_(indent) {}

    std::string run(std::string_view code)
    {
        const std::vector<word> words = words_of(code);
        for (std::size_t i = 0; i < words.size(); ++i) {
            const std::size_t width = width_of_group(words, i), start = start_of_line(words[i]);
            const bool fits = column_ + 1 + width <= columns, would_fit = start + width <= columns;
            const bool begins = column_ + 1 + words[i].text.size() <= columns && words[i].depth == 0;
            if (i > 0 && !fits && column_ > start && (would_fit || !begins)) {
                begin_line(start);
            } else if (i > 0) {
                put(" ");
            }
            put_word(words[i].text, start);
        }
        return text_;
    }

private:
    /// Of a word and what it opens brackets around.
    static std::size_t width_of_group(const std::vector<word>& words, std::size_t first)
    {
        std::size_t width = words[first].text.size();
        for (std::size_t i = first + 1; i < words.size() && words[i].depth > words[first].depth; ++i) {
            width += 1 + words[i].text.size();
        }
        return width;
    }

    std::size_t start_of_line(const word& w) const
    {
        constexpr std::size_t deepest = 4;
        return indent_ + indentation * (1 + std::min(w.depth, deepest));
    }

    void begin_line(std::size_t start)
    {
        text_ += '\n' + std::string(start, ' ');
        column_ = start;
    }

    void put(std::string_view text)
    {
        text_ += text;
        column_ += text.size();
    }

    void put_word(std::string_view text, std::size_t start)
    {
        std::string rest(text);
        while (column_ + rest.size() > columns) {
            const cut where = cut_of(rest, columns - std::min(column_, columns));
            const bool can_be_cut = where.at < rest.size();
            if (!can_be_cut && column_ <= start) {
                break;
            }
            if (can_be_cut) {
                const std::string_view quote = where.in_string ? "\"" : "";
                put(fmt::format("{}{}", rest.substr(0, where.at), quote));
                rest = fmt::format("{}{}", quote, rest.substr(where.at));
            }
            begin_line(start);
        }
        put(rest);
    }

    std::size_t indent_;
    std::string text_;
    std::size_t column_;
};

}  // namespace

std::string broken_code(std::string_view line)
{
    const std::size_t indent = line.find_first_not_of(' ');
    return code_breaker(indent).run(line.substr(indent));
}

}  // namespace cameo::generator
