// Recovers texts whose numbers depend on the sizes of a network as C++.
#pragma once
#include "open_sizes/number.hpp"

namespace cameo::generator {

/// Returns the text that explains what was found in every sample: numbers in it may be sums of multiples of parameters,
/// products, and extents of values. Returns nothing if there is none.
std::optional<size_expression> expression_of(const std::vector<std::string>& found, const terms& of);

}  // namespace cameo::generator
