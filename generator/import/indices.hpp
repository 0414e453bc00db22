// Checks on indices that are constants, so that a wrong one is an error of the generator.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// Throws unsupported if a constant index lies outside its axis, which is an error of the model. Indices that depend on
/// the data are not checked here; the operators define what they do with them. The extents are those of one tuple of
/// indices: one for Gather.
void require_indices_inside(const value& indices, const std::vector<dim>& extents);

}  // namespace cameo::generator
