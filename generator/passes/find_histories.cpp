// Concat(state, x) of which a Slice at the end is the next state → history(x, state), which needs no copy in a ring
// buffer.
#include "passes/fuse.hpp"
#include "passes/passes.hpp"
#include <algorithm>
#include <cameo/op/concat.hpp>
#include <cameo/op/history.hpp>
#include <cameo/op/slice.hpp>

namespace cameo::generator {

namespace {

/// Finds the Concat of the state and new samples along the last of three axes, if nothing else reads the state.
node* joining(const graph& g, const value* state, const std::map<const value*, int>& uses)
{
    const auto count = uses.find(state);
    if (count == uses.end() || count->second != 1) {
        return nullptr;
    }
    for (const auto& n : g.nodes) {
        const concat_attributes* a = n->attributes_of<concat_spec>();
        if (a && a->axis == 2 && n->operands.size() == 2 && n->operands[0] == state && state->type.shape.rank == 3) {
            return n.get();
        }
    }
    return nullptr;
}

/// Tells whether `next` is the end of the concatenation, as long as the state.
bool is_end(const value* next, const value* joined, const value* state)
{
    const slice_attributes* a = next->producer ? next->producer->attributes_of<slice_spec>() : nullptr;
    if (!a || next->producer->operands[0] != joined || a->step(2) != 1 || next->type.shape != state->type.shape) {
        return false;
    }
    return a->ends[2] == joined->type.shape[2] && a->step(0) == 1 && a->step(1) == 1;
}

}  // namespace

/// Makes a history of a state that is put before new samples and becomes, for the next run, the end of both.
void find_histories(graph& g)
{
    for (const auto& [state, next] : g.states) {
        const auto uses = g.uses();
        node* join = next ? joining(g, state, uses) : nullptr;
        if (!join || !is_end(next, join->results[0], state) || uses.at(next) != 1) {
            continue;
        }
        node* end = next->producer;
        join->op = std::make_unique<operation_of<history_spec>>(history_attributes{});
        join->operands = {join->operands[1], state};
        join->results.push_back(next);
        next->producer = join;
        append_origins(*join, *end);
        std::erase_if(g.nodes, [&](const auto& n) { return n.get() == end; });
    }
}

}  // namespace cameo::generator
