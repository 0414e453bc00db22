// How to call a network, in lines of C++ with its own names.
#pragma once
#include "emit/header.hpp"
#include "emit/value_names.hpp"

namespace cameo::generator {

/// Lines of a comment, each with "//     " before the code: an object, its inputs, the call. They compile as the body
/// of a function; with --weights file that has `const std::byte* weights`.
std::string usage_text(const graph& g, const emit_options& options, const value_names& names, const emitted& e);

}  // namespace cameo::generator
