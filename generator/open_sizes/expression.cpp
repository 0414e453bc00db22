// Finds the C++ expression of template parameters that explains an attribute observed at several input sizes.
#include "open_sizes/expression.hpp"
#include "support/failure.hpp"
#include <algorithm>
#include <cctype>
#include <charconv>

namespace cameo::generator {

namespace {

/// Splits a text into words and what stands between them.
std::vector<std::string> tokens_of(const std::string& text)
{
    const auto in_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.'; };
    std::vector<std::string> tokens;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i > 0 && in_word(text[i]) == in_word(text[i - 1])) {
            tokens.back() += text[i];
        } else {
            tokens.emplace_back(1, text[i]);
        }
    }
    return tokens;
}

std::optional<dim> integer(const std::string& token)
{
    dim n = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), n);
    return error == std::errc{} && end == token.data() + token.size() ? std::optional(n) : std::nullopt;
}

using observations = std::vector<observation>;
using integers_found = std::vector<dim>;

/// Tells whether each number is `factor` times what `of` gives, plus `offset`.
bool agree(const integers_found& found, const observations& at, dim factor, dim offset, auto of)
{
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (found[i] != factor * of(at[i]) + offset) {
            return false;
        }
    }
    return true;
}

/// Tries the product of `length` consecutive extents of the first operand.
std::optional<std::string> extents_of_operand(const integers_found& found, const observations& at, int length)
{
    const int rank = at.front().operand.rank;
    for (const observation& o : at) {
        if (o.operand.rank != rank) {
            return std::nullopt;
        }
    }
    for (int first = 0; first + length <= rank; ++first) {
        if (agree(found, at, 1, 0, [&](const observation& o) { return o.operand.count(first, first + length); })) {
            return length == 1 ? fmt::format("$0::type.shape[{}]", first)
                               : fmt::format("$0::type.shape.count({}, {})", first, first + length);
        }
    }
    return std::nullopt;
}

/// Tries factor x parameter + offset.
std::optional<std::string> linear(
    const integers_found& found, const observations& at, const std::vector<parameter>& parameters)
{
    for (std::size_t p = 0; p < parameters.size(); ++p) {
        const auto extent = [p](const observation& o) { return o.extents[p]; };
        const auto other =
            std::find_if(at.begin(), at.end(), [&](const observation& o) { return extent(o) != extent(at.front()); });
        if (other == at.end()) {
            continue;
        }
        const dim rise = found[static_cast<std::size_t>(other - at.begin())] - found.front(),
                  run = extent(*other) - extent(at.front());
        const dim factor = rise / run, offset = found.front() - factor * extent(at.front());
        if (rise % run != 0 || factor == 0 || !agree(found, at, factor, offset, extent)) {
            continue;
        }
        const std::string scaled =
            factor == 1 ? parameters[p].name : fmt::format("{} * {}", factor, parameters[p].name);
        return offset == 0 ? scaled : fmt::format("{} {} {}", scaled, offset < 0 ? '-' : '+', std::abs(offset));
    }
    return std::nullopt;
}

/// Tries factor x a product of several parameters.
std::optional<std::string> product(
    const integers_found& found, const observations& at, const std::vector<parameter>& parameters)
{
    for (std::size_t chosen = 1; chosen < std::size_t(1) << parameters.size(); ++chosen) {
        const auto all = [&](const observation& o) {
            dim count = 1;
            for (std::size_t p = 0; p < parameters.size(); ++p) {
                if (chosen >> p & 1) {
                    count *= o.extents[p];
                }
            }
            return count;
        };
        const dim factor = found.front() / all(at.front());
        if (factor == 0 || !agree(found, at, factor, 0, all)) {
            continue;
        }
        std::string text = factor == 1 ? "" : fmt::format("{}", factor);
        for (std::size_t p = 0; p < parameters.size(); ++p) {
            if (chosen >> p & 1) {
                text += (text.empty() ? "" : " * ") + parameters[p].name;
            }
        }
        return text;
    }
    return std::nullopt;
}

/// Returns the simplest expression that fits all observations.
std::optional<std::string> expression_of_values(
    const integers_found& found, const observations& at, const std::vector<parameter>& parameters)
{
    auto text = extents_of_operand(found, at, 1);
    if (!text) {
        text = linear(found, at, parameters);
    }
    for (int length = 2; !text && length <= at.front().operand.rank; ++length) {
        text = extents_of_operand(found, at, length);
    }
    return text ? text : product(found, at, parameters);
}

}  // namespace

std::optional<std::string> expression_of(const observations& found, const std::vector<parameter>& parameters)
{
    std::vector<std::vector<std::string>> tokens;
    for (const observation& o : found) {
        tokens.push_back(tokens_of(o.text));
    }
    std::string text;
    for (std::size_t i = 0; i < tokens.front().size(); ++i) {
        const auto same = [&](const auto& other) {
            return other.size() == tokens.front().size() && other[i] == tokens.front()[i];
        };
        if (std::all_of(tokens.begin(), tokens.end(), same)) {
            text += tokens.front()[i];
            continue;
        }
        integers_found values;
        for (const auto& of_sample : tokens) {
            if (const auto n = of_sample.size() == tokens.front().size() ? integer(of_sample[i]) : std::nullopt) {
                values.push_back(*n);
            }
        }
        if (values.size() != found.size()) {
            return std::nullopt;
        }
        const auto expression = expression_of_values(values, found, parameters);
        if (!expression) {
            return std::nullopt;
        }
        text += *expression;
    }
    return text;
}

}  // namespace cameo::generator
