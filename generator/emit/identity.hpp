// What tells a network from others: its name, its model file and what that says of itself, and the library it is for.
#pragma once
#include "emit/header.hpp"

namespace cameo::generator {

/// The members `name`, `digest` and, where the file has some, `metadata` and `labels` of the model.
std::string identity_of(const graph& g, const emit_options& options);

/// The check that the header meets the library that it was generated for.
std::string check_of_abi();

}  // namespace cameo::generator
