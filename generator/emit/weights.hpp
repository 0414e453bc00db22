// The weights of a network, in the header or in a blob beside it.
#pragma once
#include "emit/header.hpp"
#include "emit/value_names.hpp"

namespace cameo::generator {

/// What a header says of its weights.
struct weights_text {
    std::string declarations;  ///< a struct for each constant, and where its bytes are; before the network
    std::string values;        ///< the numbers, where the header has them; at its end
};

/// Gives every constant a struct of its name, and puts the blob's bytes and its assembler into `to`.
weights_text write_weights(const graph& g, const emit_options& options, const value_names& names, emitted& to);

/// The symbol of the weights in an object file: their digest is part of it, so that a header links with its own weights
/// only.
std::string weights_symbol(const emit_options& options, std::string_view weights);

/// The blob of weights that the program gives at run time.
std::string blob_of_file(const emit_options& options, std::string_view weights);

}  // namespace cameo::generator
