// Lines of generated C++ that are too long to read are broken.
#pragma once
#include <string>

namespace cameo::generator {

/// The text without lines of more than 120 columns: code is broken between its words, within the brackets that are
/// widest, and in the middle of string literals where these are too long; comments between words. Lines of the
/// preprocessor and single names stay as they are. Code stays the same code.
std::string within_columns(const std::string& text);

}  // namespace cameo::generator
