// Declares how the weights of a network are written: into the header, or into a blob beside it.
#pragma once
#include "emit/header.hpp"

namespace cameo::generator {

/// Writes a struct for each constant, and puts the blob's bytes and its assembler source into `to`; returns the text
/// for the header.
std::string write_weights(
    const graph& g, const emit_options& options, const std::map<const value*, std::string>& names, emitted& to);

/// Names the symbol of the weights in an object file. It contains their digest, so that a header links only with its
/// own weights.
std::string weights_symbol(const emit_options& options, std::string_view weights);

/// Writes the blob of weights that the program provides at run time.
std::string blob_of_file(const emit_options& options, std::string_view weights);

}  // namespace cameo::generator
