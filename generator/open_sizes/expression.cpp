// Finds the C++ expression of template parameters and extents that explains a text found at several sizes.
#include "open_sizes/expression.hpp"
#include "open_sizes/number.hpp"
#include "support/failure.hpp"
#include <algorithm>
#include <cctype>
#include <charconv>
#include <ranges>

namespace cameo::generator {

namespace {

/// Splits a text into numbers, words and what stands between them. A sign is part of its number.
std::vector<std::string> tokens_of(const std::string& text)
{
    const auto in_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.'; };
    std::vector<std::string> tokens;
    bool word = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool signs = text[i] == '-' && !word && i + 1 < text.size() && in_word(text[i + 1]);
        const bool continues = !tokens.empty() && !signs && (tokens.back() == "-" || in_word(text[i]) == word);
        if (continues) {
            tokens.back() += text[i];
        } else {
            tokens.emplace_back(1, text[i]);
        }
        word = signs || in_word(text[i]);
    }
    return tokens;
}

/// Reads a whole number, written as an integer or as a floating-point number.
std::optional<dim> whole_number(std::string_view token)
{
    if (const std::size_t point = token.find('.');
        point != token.npos && token.find_first_not_of('0', point + 1) == token.npos) {
        token = token.substr(0, point);
    }
    dim n = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), n);
    return error == std::errc{} && end == token.data() + token.size() ? std::optional(n) : std::nullopt;
}

/// Explains one token; nothing if it is no number in some sample.
bool explain(const std::vector<std::string>& tokens, const terms& of, size_expression& to)
{
    std::vector<dim> found;
    for (const std::string& token : tokens) {
        const auto n = whole_number(token);
        if (!n) {
            return false;
        }
        found.push_back(*n);
    }
    const bool floating = tokens.front().find('.') != std::string::npos;
    to.text += floating ? "static_cast<double>(" : "";
    const bool explained = append_number(found, of, to);
    to.text += floating ? ")" : "";
    return explained;
}

}  // namespace

std::optional<size_expression> expression_of(const std::vector<std::string>& found, const terms& of)
{
    std::vector<std::vector<std::string>> samples;
    std::ranges::transform(found, std::back_inserter(samples), tokens_of);
    if (!all_equal(samples, [](const auto& tokens) { return tokens.size(); })) {
        return std::nullopt;
    }
    size_expression expression;
    for (std::size_t i = 0; i < samples.front().size(); ++i) {
        std::vector<std::string> tokens;
        std::ranges::transform(samples, std::back_inserter(tokens), [&](const auto& all) { return all[i]; });
        if (all_equal(tokens)) {
            expression.text += tokens.front();
        } else if (!explain(tokens, of, expression)) {
            return std::nullopt;
        }
    }
    return expression;
}

}  // namespace cameo::generator
