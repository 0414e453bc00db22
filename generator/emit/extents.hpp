// The extents of inputs and outputs as people read them.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// "1 x 3 x height x width", with the parameters that are extents of an input; "one number" of a scalar.
std::string extents_of(const graph& g, const value* v);

/// Elements of an input, where parameters have their defaults.
dim default_count(const graph& g, const value* v);

}  // namespace cameo::generator
