// What a model has beside its values: inputs, outputs, state and the order in which its layers run.
#pragma once
#include "emit/value_names.hpp"

namespace cameo::generator {

/// The members of a struct; `order` has the identifier of each step.
std::string members_text(const graph& g, const value_names& names, const std::vector<std::string>& order);

}  // namespace cameo::generator
