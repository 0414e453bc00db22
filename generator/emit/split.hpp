// A header without kernels, for a source file that has them.
#pragma once
#include "emit/header.hpp"
#include "emit/value_names.hpp"

namespace cameo::generator {

/// The struct `net`, with the arguments and results of a network that has several; `space` is the namespace of the
/// values.
std::string net_text(const graph& g, const value_names& names, std::string_view space, std::string_view base);

/// The interface: inputs and outputs with their places in the object (cameo/network/split.hpp).
std::string split_interface(const graph& g, const emit_options& options, const value_names& names, const emitted& e);

/// What the end of the source file defines.
std::string split_functions(std::string_view network);

}  // namespace cameo::generator
