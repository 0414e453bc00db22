// Declares how text within text is indented.
#pragma once
#include <string>

namespace cameo::generator {

/// Returns the lines four columns to the right, except for empty ones.
std::string indented(const std::string& lines);

}  // namespace cameo::generator
