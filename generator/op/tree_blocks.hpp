// The blocks that decision trees become (cameo/op/tree_ensemble.hpp), and how perfect trees are made of them.
#pragma once
#include "op/decision_trees.hpp"
#include <algorithm>

namespace cameo::generator {

struct block {
    static constexpr std::size_t nodes = index(tree_ensemble_spec::nodes), exits = index(tree_ensemble_spec::exits);
    static constexpr dim levels = 4;  ///< of nodes

    std::array<decision, nodes> decisions{};
    std::array<dim, exits> next{};
};

/// Makes the block that begins at a target, with so many levels of nodes. Below them, and for a leaf above the exits,
/// it has decisions that do not matter.
block block_of(std::span<const decision> decisions, dim target, dim levels);

/// How many levels of nodes the first block of a tree has, so that those below it are whole: most of a tree is in its
/// last blocks.
constexpr dim levels_of_root(dim height) { return (std::max(height, dim{1}) - 1) % block::levels + 1; }

/// Trees that are all of one height, and the leaves at their ends.
struct perfect_trees {
    tree_ensemble_attributes attributes;
    std::vector<block> blocks;
    std::vector<dim> leaves;
};

/// Tells whether perfect trees of this height take about as much memory as other blocks, whose number is given.
bool suits_perfect(dim trees, dim height, std::size_t blocks, dim leaves, dim targets);

/// Makes perfect trees of this height, that of the highest. A leaf above the ends is at each end below it.
perfect_trees make_perfect(std::span<const decision> decisions, std::span<const dim> roots, dim height);

}  // namespace cameo::generator
