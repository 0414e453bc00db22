// Declares how the weights of a network are written: into the header, or into a blob beside it.
#pragma once
#include "emit/header.hpp"

namespace cameo::generator {

/// Gives every constant a struct of its name, and puts the blob's bytes and its assembler into `to`; the text of the
/// header.
std::string write_weights(
    const graph& g, const emit_options& options, const std::map<const value*, std::string>& names, emitted& to);

/// The symbol of the weights in an object file: their digest is part of it, so that a header links with its own weights
/// only.
std::string weights_symbol(const emit_options& options, std::string_view weights);

/// The blob of weights that the program gives at run time.
std::string blob_of_file(const emit_options& options, std::string_view weights);

}  // namespace cameo::generator
