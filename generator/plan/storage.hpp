// What storage each operator wants, by what the kernels say.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

struct node_storage {
    std::vector<storage> operands;
    storage result;
};

/// The storage in which a node is computed best, given how its operands lie so far. Halos are left to halo_needed.
node_storage choose_storage(const node& n);

/// The zeros that operand k of a node, planned already, must have around it.
halo halo_needed(const node& n, std::size_t k);
/// What a node wants to find in the halo of its input.
dim halo_fill(const node& n);

/// The operand over which the kernel of a node, planned already, may write its result; -1 where it may not.
int overwritten_operand(const node& n);

/// The operand into which the result of a node, planned already, is a window; -1 where it is none.
int window_operand(const node& n);

}  // namespace cameo::generator
