// Declares the storage that each operator wants, what it may overwrite, and which halos it reads, as kernels require.
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

/// Is the result of a node, planned already, a window into a ring, which begins elsewhere in each run?
bool is_window(const node& n);

/// The operand in which the result of a node, planned already, may lie, and how many bytes from its start; operand -1
/// where it lies in none.
struct place_in {
    int operand = -1;
    std::size_t within = 0;
};
place_in viewed_operand(const node& n);

/// Bytes from the start of the result to each operand that may lie in it, or `nowhere`; empty where none may.
std::vector<std::size_t> operand_places(const node& n);

/// May operands and result be the same memory, if only their storage is the same?
bool shares_memory(const node& n);

}  // namespace cameo::generator
