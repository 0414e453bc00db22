// The weights of a network, in the header or in a blob beside it.
#pragma once
#include "emit/header.hpp"

namespace cameo::generator {

/// Gives every constant a struct of its name, and puts the blob's bytes and its assembler into `to`; the text of the header.
std::string write_weights(const graph& g, const emit_options& options, const std::map<const value*, std::string>& names, emitted& to);

/// The symbol of a blob in an object file.
std::string weights_symbol(const emit_options& options);

/// The blob of weights that the program gives at run time.
std::string blob_of_file(std::string_view network, std::size_t bytes);

}  // namespace cameo::generator
