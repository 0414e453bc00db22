// History state → a ring buffer: the state keeps its place, and windows move through it instead of data.
#include "layout/rings.hpp"
#include <algorithm>
#include <cameo/kernel/conv_layout.hpp>
#include <cameo/kernel/history_layout.hpp>

namespace cameo::generator {

namespace {

/// Chooses blocks if a convolution reads the values that way; rows otherwise.
layout wanted_by_readers(const graph& g, const value* v)
{
    const auto in_blocks = [&](const auto& n) {
        return n->template attributes_of<conv_spec>() && n->operands[0] == v &&
               input_layout(n->template spec<conv_spec>()) == layout::blocked;
    };
    return std::any_of(g.nodes.begin(), g.nodes.end(), in_blocks) ? layout::blocked : layout::row_major_padded;
}

}  // namespace

void plan_rings(graph& g)
{
    const auto uses = g.uses();
    for (const auto& n : g.nodes) {
        if (!n->attributes_of<history_spec>() || n->results.size() < 2 || !n->results[0]) {
            continue;
        }
        value* state = n->operands[1];
        const auto fed = std::find_if(g.states.begin(), g.states.end(),
            [&](const recurrent_state& f) { return f.current == state && f.next && f.next == n->results[1]; });
        if (fed == g.states.end() || uses.at(state) != 1 || uses.at(fed->next) != 1) {
            continue;
        }
        const history_spec s = n->spec<history_spec>();
        state->type.storage = ring_storage(
            s, s.x.element == element::float32 ? wanted_by_readers(g, n->results[0]) : layout::row_major_padded);
        n->results.resize(1);
        fed->next = nullptr;
    }
}

}  // namespace cameo::generator
