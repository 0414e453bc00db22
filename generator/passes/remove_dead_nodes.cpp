// Removes nodes, and single results of nodes, that nothing reads.
#include "passes/passes.hpp"

namespace cameo::generator {

/// Removes nodes and single results that nobody reads.
void remove_dead_nodes(graph& g)
{
    auto uses = g.uses();
    for (auto n = g.nodes.rbegin(); n != g.nodes.rend(); ++n) {
        bool alive = false;
        for (std::size_t k = 0; k < (*n)->results.size(); ++k) {
            value*& v = (*n)->results[k];
            if ((*n)->op->is_scratch(k)) {
                continue;
            }
            if (v && uses[v] == 0) {
                v = nullptr;
            }
            alive = alive || v;
        }
        if (alive) {
            continue;
        }
        for (const value* v : (*n)->operands) {
            if (v) {
                --uses[v];
            }
        }
        n->reset();
    }
    std::erase(g.nodes, nullptr);
}

}  // namespace cameo::generator
