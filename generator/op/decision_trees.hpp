// Decision trees with one kind of node, and the blocks of tree_ensemble (cameo/op/tree_ensemble.hpp) that they become.
#pragma once
#include "import/source_node.hpp"
#include <cameo/op/tree_ensemble.hpp>

namespace cameo::generator {

/// ONNX's modes, with its numbers.
enum class node_mode { BRANCH_LEQ, BRANCH_LT, BRANCH_GTE, BRANCH_GT, BRANCH_EQ, BRANCH_NEQ, BRANCH_MEMBER };

/// A node of a file: a row goes to `yes` where the mode holds for its feature and the value. A target is node k as k,
/// or leaf l as -1 - l.
struct branch {
    node_mode mode = node_mode::BRANCH_LEQ;
    dim feature = 0;
    double value = 0;
    std::vector<double> members = {};  ///< of BRANCH_MEMBER, instead of the value
    bool missing_is_yes = false;       ///< NaN goes to `yes`, too
    dim yes = 0, no = 0;
};

/// Nodes that ask for one thing only: is the feature at most the threshold?
struct decision {
    dim feature = 0;
    double threshold = 0;
    bool missing_goes_left = false;
    dim left = 0, right = 0;
};

/// Writes branches as decisions. Branch k becomes decision k; those of equality need further ones behind all of these.
/// The element type is that of the features. Throws unsupported for values without a meaning.
std::vector<decision> decisions_of(std::span<const branch> branches, element type);

/// Adds tree_ensemble on x, which has `roots` and, of each leaf, weights for every target. Throws unsupported if nodes
/// form a circle, lie too deep, or read features that x does not have.
value* add_trees(source_node& n, value* x, std::span<const decision> decisions, std::span<const dim> roots,
    value* weights, tree_aggregate aggregate);

}  // namespace cameo::generator
