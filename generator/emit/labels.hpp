// What people know the values of a network by.
#pragma once
#include "emit/value_names.hpp"

namespace cameo::generator {

/// The labels of a header's values: their names in the file, or their identifiers where they have none, made unique by
/// `labels`. Inputs and outputs come first; a value that is the same in another layout has that behind its name.
value_names label_values(const graph& g, const value_names& identifiers, unique_names& labels);

}  // namespace cameo::generator
