// Declares which keys each query of Attention sees, as a bias that is added to the scores.
#pragma once
#include "op/attention.hpp"

namespace cameo::generator {

/// Joins two conditions, of which either may be null.
value* both(source_node& n, value* a, value* b);

/// Tells which of the keys a query sees that is at a place p among them: those from p - left to p + right; -1 is no
/// bound. Null if all are seen. Places broadcast along the keys, the last axis.
value* seen_by_place(source_node& n, value* places, dim keys, dim left, dim right);

/// Returns a bias of 0 where a key is seen, and of `otherwise` where it is hidden.
value* bias_where_hidden(source_node& n, value* seen, element type, double otherwise);

/// Returns what is added to the scores: the mask, and minus infinity for each key that a query does not see; null if
/// all keys are seen.
value* attention_bias(source_node& n, const attention_sizes& sizes);

}  // namespace cameo::generator
