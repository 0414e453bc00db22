// One long line of generated C++ becomes several.
#pragma once
#include <string>
#include <string_view>

namespace cameo::generator {

/// The most that a line of a header has.
inline constexpr std::size_t columns = 120;

/// A line of code without a comment, broken between words, each time within as few brackets as possible; string
/// literals that are too long are broken in two, and what has no spaces after an opening bracket, a comma or two
/// colons.
std::string broken_code(std::string_view line);

}  // namespace cameo::generator
