// Declares the two halves of a split network: an interface without kernels, and a source file with them.
#pragma once
#include "emit/header.hpp"
#include <map>

namespace cameo::generator {

/// Writes the struct `net`, with structs for arguments and results if there are several; `space` is the namespace of
/// the values.
std::string net_text(
    const graph& g, const std::map<const value*, std::string>& names, std::string_view space, std::string_view base);

/// Writes the interface: inputs and outputs with their places in the object (cameo/network/split.hpp).
std::string split_interface(
    const graph& g, const emit_options& options, const std::map<const value*, std::string>& names, const emitted& e);

/// Writes the functions at the end of the source file.
std::string split_functions(std::string_view network);

}  // namespace cameo::generator
