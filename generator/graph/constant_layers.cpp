// Walks a graph in order and collects the layers that follow from constants.
#include "graph/constant_layers.hpp"
#include <cameo/network/computed.hpp>

namespace cameo::generator {

namespace {

bool is_small(const value& v) { return v.type.shape.count() <= detail::most_computed; }

/// Finds layers that follow from constants; of them those alone whose results are small too, if `small` says so.
std::set<const node*> collect(const graph& g, bool small)
{
    std::set<const node*> found;
    if (g.parameters.empty()) {
        return found;
    }
    const auto is_known = [&](const value* v) {
        return !v || (v->data ? is_small(*v) : v->producer() && found.contains(v->producer()));
    };
    for (const auto& n : g.nodes()) {
        const bool plain = n->results().size() == 1 && n->op->is_constexpr() && !n->result()->is_kept() &&
                           n->result()->type.storage == storage{} && n->op->multiplications(n->operand_types()) == 0;
        if (plain && std::ranges::all_of(n->operands(), is_known) && (!small || is_small(*n->result()))) {
            found.insert(n.get());
        }
    }
    return found;
}

}  // namespace

std::set<const node*> constant_layers(const graph& g) { return collect(g, false); }

std::set<const node*> computed_layers(const graph& g) { return collect(g, true); }

}  // namespace cameo::generator
