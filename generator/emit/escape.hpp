// Text of a model file in a header, where it is data and nothing else.
#pragma once
#include <string>
#include <string_view>

namespace cameo::generator {

/// A byte as it stands in a string literal: three octal digits where it is no plain character.
void append_escaped(std::string& text, char c);
/// A C++ string literal for any bytes.
std::string string_literal(std::string_view text);
/// Text that cannot end or continue a line comment.
std::string comment(std::string_view text);

}  // namespace cameo::generator
