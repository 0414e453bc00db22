// What operators of ONNX's domain of classical machine learning have in common.
#pragma once
#include "import/source_node.hpp"

namespace cameo::generator {

inline constexpr const char* ml_domain = "ai.onnx.ml";

/// The input as rows of features of an element type: a single row may have one axis.
value* rows_of_features(source_node& n, element type);
/// Adds a constant of rows and columns of float32.
value* float_matrix(source_node& n, const std::vector<double>& numbers, dim rows, dim columns);
/// Computes alpha x M^T + c in float32; without c if it is empty.
value* affine(source_node& n, value* x, value* m, const std::vector<double>& c, double alpha = 1);

}  // namespace cameo::generator
