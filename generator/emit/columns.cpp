// Breaks the lines of a text that are too long, code and comments each in their own way.
#include "emit/columns.hpp"
#include "emit/code_lines.hpp"
#include "emit/code_words.hpp"
#include <algorithm>
#include <string_view>

namespace cameo::generator {

namespace {

/// Writes a comment in lines that all begin with the same prefix.
class comment_writer {
public:
    explicit comment_writer(std::string prefix) : prefix_(std::move(prefix)), text_(prefix_), column_(prefix_.size()) {}

    std::string run(std::string_view comment)
    {
        for (std::size_t at = 0; at < comment.size();) {
            const std::size_t end = std::min(comment.find(' ', at), comment.size());
            put_word(comment.substr(at, end - at));
            at = end + 1;
        }
        return std::move(text_);
    }

private:
    void put_word(std::string_view word)
    {
        const bool first = column_ == prefix_.size();
        if (!first && column_ + 1 + word.size() > columns) {
            begin_line();
        } else if (!first) {
            put(' ');
        }
        for (const char c : word) {
            put(c);
        }
    }

    void put(char c)
    {
        if (column_ == columns) {
            begin_line();
        }
        text_ += c;
        ++column_;
    }

    void begin_line()
    {
        text_ += '\n' + prefix_;
        column_ = prefix_.size();
    }

    std::string prefix_, text_;
    std::size_t column_;
};

std::string broken(std::string_view line)
{
    const std::size_t indent = line.find_first_not_of(' '), comment = comment_of(line);
    std::string text;
    if (comment < line.size()) {
        const std::size_t words = std::min(line.find_first_not_of(' ', comment + 2), line.size());
        text = comment_writer(std::string(indent, ' ') + std::string(line.substr(comment, words - comment)))
                   .run(line.substr(words));
    }
    if (comment > indent) {
        text += (text.empty() ? "" : "\n") + broken_code(line.substr(0, comment));
    }
    return text;
}

}  // namespace

std::string within_columns(const std::string& text)
{
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = std::string_view(text).substr(at, end - at);
        result += line.size() <= columns || line.starts_with('#') ? std::string(line) : broken(line);
        result += end < text.size() ? "\n" : "";
        at = end + 1;
    }
    return result;
}

}  // namespace cameo::generator
