// For operators that work on all of an axis of which the data decide how much is there.
#pragma once
#include "import/source_node.hpp"

namespace cameo::generator {

/// Tells whether the data decide how much of one of these axes is there.
bool has_rest(const value* v, const std::vector<dim>& axes);
/// Adds what has one number where nothing is, and counts as whole.
value* with_rest(source_node& n, value* v, value* number);
/// Adds the elements from `start` to before `end`, which are one int32 or int64 each, and may be negative, to count
/// from the end. How many there are is known at run time; there is room for `capacity`.
value* sliced_at_run_time(source_node& n, value* v, int axis, value* start, value* end, dim capacity);

}  // namespace cameo::generator
