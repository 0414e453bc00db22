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
node* joining(const value* state)
{
    if (!state->has_sole_reader() || state->type.shape.rank != 3) {
        return nullptr;
    }
    const auto [n, operand] = state->readers().front();
    const concat_attributes* a = n->attributes_of<concat_spec>();
    return a && a->axis == 2 && n->operands().size() == 2 && operand == 0 ? n : nullptr;
}

/// Tells whether `next` is the end of the concatenation, as long as the state.
bool is_end(const value* next, const value* joined, const value* state)
{
    const slice_attributes* a = next->producer() ? next->producer()->attributes_of<slice_spec>() : nullptr;
    if (!a || next->producer()->operands()[0] != joined || a->step(2) != 1 || next->type.shape != state->type.shape) {
        return false;
    }
    return a->ends[2] == joined->type.shape[2] && a->step(0) == 1 && a->step(1) == 1;
}

}  // namespace

/// Makes a history of a state that is put before new samples and becomes, for the next run, the end of both.
void find_histories(graph& g)
{
    for (const auto& [state, next] : g.states()) {
        node* join = next ? joining(state) : nullptr;
        if (!join || !is_end(next, join->result(), state) || next->uses() != 1) {
            continue;
        }
        node& end = *next->producer();
        join->become<history_spec>({}, {join->operand(1), state});
        join->set_result(1, next);
        append_origins(*join, end);
        g.erase(end);
    }
}

}  // namespace cameo::generator
