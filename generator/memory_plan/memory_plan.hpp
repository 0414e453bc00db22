// The memory plan for the generator: where each value lies, how long it lives, and how many bytes all take.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// Where each value of the schedule lies: inputs, states, then the secondary outputs and the first result of each node.
/// The compiler computes the same plan from the header (cameo/network/plan.hpp).
struct memory {
    std::vector<const value*> schedule;  ///< null for a first result that nobody reads
    std::vector<std::size_t> offset, size, within;
    std::vector<int> owner, first_use, last_use;
    std::vector<bool> pinned, in_place;
    std::size_t bytes = 0;

    explicit memory(std::vector<const value*> values = {});
};

memory plan_memory(const graph& g);

/// Counts the bytes of the constants that layers read, as they are stored.
std::size_t weight_bytes(const graph& g);

}  // namespace cameo::generator
