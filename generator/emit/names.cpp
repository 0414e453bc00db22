// Makes identifiers of any text.
#include "emit/names.hpp"
#include "emit/reserved_words.hpp"
#include <algorithm>
#include <cctype>
#include <fmt/format.h>

namespace cameo::generator {

namespace {

/// What an identifier has at most, so that lines stay short: of longer names the end, which tells more.
constexpr std::size_t longest_name = 72;

std::set<std::string> reserved_and(const std::set<std::string>& more)
{
    std::set<std::string> all = reserved;
    all.insert(more.begin(), more.end());
    return all;
}

std::string identifier(std::string_view name)
{
    std::string text;
    for (const char c : name) {
        if (std::isalnum(static_cast<unsigned char>(c)) && static_cast<unsigned char>(c) < 0x80) {
            text += c;
        } else if (!text.empty() && text.back() != '_') {
            text += '_';  // no double underscore: it would be reserved
        }
    }
    while (!text.empty() && text.back() == '_') {
        text.pop_back();
    }
    if (text.size() > longest_name) {
        const std::size_t cut = text.size() - longest_name, word = text.find('_', cut);
        text.erase(0, word < cut + longest_name / 2 ? word + 1 : cut);
    }
    // In capitals it could be a macro of some header (INT_MAX).
    const bool capitals =
        text.size() > 1 && std::none_of(text.begin(), text.end(), [](unsigned char c) { return std::islower(c); });
    if (capitals) {
        std::transform(
            text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    }
    return text;
}

}  // namespace

identifiers::identifiers() : identifiers(reserved_and(declared)) {}
identifiers::identifiers(std::set<std::string> taken) : names_(std::move(taken), 2) {}

std::string identifiers::unique(std::string_view name, std::string_view otherwise)
{
    std::string base = identifier(name);
    if (base.empty()) {
        base = otherwise;
    }
    if (std::isdigit(static_cast<unsigned char>(base[0]))) {
        base = fmt::format("{}_{}", otherwise, base);
    }
    return names_.make(base);
}

std::string namespace_of(std::string_view name) { return identifiers(reserved_and(of_c)).unique(name, "network"); }

}  // namespace cameo::generator
