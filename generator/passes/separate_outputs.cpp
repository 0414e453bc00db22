// An output that is an input, a constant, a view or another output → a copy, so that every output has its own memory.
#include "passes/passes.hpp"
#include <cameo/op/elementwise.hpp>
#include <set>

namespace cameo::generator {

namespace {

/// Follows views to the value whose memory v is.
const value* root(const value* v)
{
    while (v->producer() && v->producer()->op->is_view()) {
        v = v->producer()->operands()[0];
    }
    return v;
}

value* copied(graph& g, value* v, const std::string& name)
{
    auto copy = make_node<elementwise_spec>({}, {name, "Identity", g.opset}, {v});
    value* result = g.add_value(name, v->type);
    copy->set_results({result});
    g.append(std::move(copy));
    return result;
}

}  // namespace

/// Gives every output a value of its own that a layer computes. Copies outputs that are inputs, states, constants,
/// views of these, or other outputs. Also copies a next state that no layer computes: it is read after the states have
/// changed.
void separate_outputs(graph& g)
{
    std::set<const value*> taken;
    for (std::size_t k = 0; k < g.outputs().size(); ++k) {
        const value* source = root(g.outputs()[k]);
        if (!source->producer() || !taken.insert(source).second) {
            g.set_output(k, copied(g, g.outputs()[k], g.output_names()[k]));
        }
    }
    for (std::size_t k = 0; k < g.states().size(); ++k) {
        const auto [current, next] = g.states()[k];
        if (next && !root(next)->producer()) {
            g.set_next(k, copied(g, next, current->name + "_next"));
        }
    }
}

}  // namespace cameo::generator
