// Constant indices, which can be checked when the header is generated.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// Throws unsupported where a constant index lies outside its axis: an error of the model. Indices that depend on the
/// data are not seen here; the operators say what they do with them. The extents are those of one tuple of indices: one
/// for Gather.
void require_indices_inside(const value& indices, const std::vector<dim>& extents);

}  // namespace cameo::generator
