// Declares which Winograd tiles are exact enough for a convolution, and the cost model that chooses among them.
#pragma once
#include <cameo/op/conv.hpp>
#include <cameo/op/unfold.hpp>
#include <cameo/op/winograd.hpp>
#include <vector>

namespace cameo::generator {

// Costs in multiply-adds of 16 lanes, one a cycle.
double direct_cost(const conv_spec& s);
double winograd_cost(const winograd_spec& s);
double unfold_cost(const unfold_spec& s);

/// Tells whether tiles can compute a convolution: rows and columns, square filters, equal strides and no dilation.
bool fits_tiles(const conv_spec& s);

/// Returns all ways to compute a convolution by Winograd's tiles that are exact enough, from small to large tiles,
/// without storage.
std::vector<winograd_spec> exact_tiles(const conv_spec& s);

}  // namespace cameo::generator
