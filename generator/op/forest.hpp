// Reads decision trees from the attributes of the operators of ai.onnx.ml.
#pragma once
#include "op/decision_trees.hpp"

namespace cameo::generator {

/// Trees as a file has them, and the weights of their leaves.
struct forest {
    std::vector<branch> branches;
    std::vector<dim> roots;  ///< nodes or leaves, as the targets of branches
    dim leaves = 0;
    std::vector<double> weights;  ///< leaves x targets, NaN where a leaf has none
};

/// Reads TreeEnsembleRegressor and TreeEnsembleClassifier, whose attributes for weights begin with `prefix`. Throws
/// unsupported for what contradicts itself, as the other does.
forest read_numbered_forest(const source_node& n, const std::string& prefix, dim targets);
/// Reads TreeEnsemble.
forest read_forest(const source_node& n, dim targets);

/// Numbers that opset 3 may have as a tensor instead.
std::vector<double> numbers_or_tensor(const source_node& n, const std::string& name);

/// Refuses an attribute of another length than those beside it.
void require_length(std::string_view name, std::size_t found, std::size_t expected);
std::vector<dim> integers_for(const source_node& n, std::string_view name, std::size_t count);

/// Makes room for the weights of leaves.
void reserve_weights(const source_node& n, forest& f, dim targets);
/// Adds a weight to a leaf. Those of one leaf and target add up.
void add_weight(forest& f, dim leaf, dim target, dim targets, double weight);

}  // namespace cameo::generator
