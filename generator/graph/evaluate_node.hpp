// Declares how the results of one node are computed from tensors.
#pragma once
#include "graph/node.hpp"

namespace cameo::generator {

/// Runs a node's plain definition. Its results are in the order of node::results; one that nobody reads is empty.
/// Throws over_budget where `spent` has too little for it, failure where memory does not suffice.
std::vector<tensor> evaluate(const node& n, const std::vector<const tensor*>& operands, budget& spent);

}  // namespace cameo::generator
