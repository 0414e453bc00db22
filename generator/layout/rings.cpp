// History state → a ring buffer: the state keeps its place, and windows move through it instead of data.
#include "layout/rings.hpp"
#include <algorithm>
#include <cameo/kernel/conv_layout.hpp>
#include <cameo/kernel/history_layout.hpp>

namespace cameo::generator {

namespace {

/// Chooses blocks if a convolution reads the values that way; rows otherwise.
layout wanted_by_readers(const value* v)
{
    const auto in_blocks = [](const reader& r) {
        return r.operand == 0 && r.node->attributes_of<conv_spec>() &&
               input_layout(r.node->spec<conv_spec>()) == layout::blocked;
    };
    return std::ranges::any_of(v->readers(), in_blocks) ? layout::blocked : layout::row_major_padded;
}

}  // namespace

void plan_rings(graph& g)
{
    for (const auto& n : g.nodes()) {
        if (!n->attributes_of<history_spec>() || n->results().size() < 2 || !n->result()) {
            continue;
        }
        value *state = n->operand<&history_spec::past>(), *next = n->result(1);
        const auto fed = g.find_state(state, next);
        if (!fed || state->uses() != 1 || next->uses() != 1) {
            continue;
        }
        const history_spec s = n->spec<history_spec>();
        state->type.storage = ring_storage(
            s, s.x.element == element::float32 ? wanted_by_readers(n->result()) : layout::row_major_padded);
        g.set_next(*fed, nullptr);
        n->set_results({n->result()});
    }
}

}  // namespace cameo::generator
