// Declares the storage that each operator wants, what it may overwrite, and which halos it reads, as kernels require.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

struct node_storage {
    std::vector<storage> operands;
    storage result;
};

/// Returns the storage that suits a node best, given how its operands lie so far. Halos are left to halo_needed.
node_storage choose_storage(const node& n);

/// Returns the halo of zeros that operand k of a planned node must have.
halo halo_needed(const node& n, std::size_t k);
/// Returns the number that a node expects in the halo of its input.
dim halo_fill(const node& n);

/// Returns the operand that the kernel of a planned node may overwrite with its result; -1 if there is none.
int overwritten_operand(const node& n);

/// Tells whether the result of a planned node is a window into a ring, which begins elsewhere in each run.
bool is_window(const node& n);

/// The operand in which the result of a planned node may lie, and the offset in bytes from its start; operand -1 if
/// there is none.
struct place_in {
    int operand = -1;
    std::size_t within = 0;
};
place_in viewed_operand(const node& n);

/// Returns the offset in the result, in bytes, of each operand that may lie in it, or `nowhere`; empty if no operand
/// may.
std::vector<std::size_t> operand_places(const node& n);

/// Tells whether operands and result may be the same memory, provided that their storage is the same.
bool shares_memory(const node& n);

}  // namespace cameo::generator
