// Declares which keys each query of Attention sees, as a bias that is added to the scores.
#pragma once
#include "op/attention.hpp"

namespace cameo::generator {

/// Returns what is added to the scores: the mask, and minus infinity for each key that a query does not see; null if
/// all keys are seen.
value* attention_bias(source_node& n, const attention_sizes& sizes);

}  // namespace cameo::generator
