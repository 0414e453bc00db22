// Removes nodes, and single results of nodes, that nothing reads.
#include "passes/passes.hpp"

namespace cameo::generator {

namespace {

/// Drops results that nobody reads; tells whether others remain.
bool is_alive(node& n)
{
    bool alive = false;
    for (std::size_t k = 0; k < n.results().size(); ++k) {
        const value* v = n.result(k);
        if (n.op->is_scratch(k)) {
            continue;
        }
        if (v && v->uses() == 0) {
            n.set_result(k, nullptr);
        }
        alive = alive || n.result(k);
    }
    return alive;
}

}  // namespace

void remove_dead_nodes(graph& g)
{
    for (auto end = g.nodes().end(); end != g.nodes().begin();) {
        node& n = **std::prev(end);
        if (is_alive(n)) {
            --end;
        } else {
            g.erase(n);
        }
    }
}

}  // namespace cameo::generator
