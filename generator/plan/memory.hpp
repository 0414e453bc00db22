// The memory plan as people read it.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// Where each value of the schedule lies: inputs, states, then for each node its further results and its first. The compiler makes
/// the plan that counts (cameo/network/plan.hpp) in the same way; there, a kernel may also write over an operand, or over a state.
struct memory {
    std::vector<const value*> schedule;  ///< null for a first result that nobody reads
    std::vector<std::size_t> offset, size;
    std::vector<int> owner, last_use;
    std::size_t bytes = 0;
};

memory plan_memory(const graph& g);

}  // namespace cameo::generator
