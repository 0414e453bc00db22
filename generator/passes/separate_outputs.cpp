#include "passes/passes.hpp"
#include <cameo/op/elementwise.hpp>
#include <set>

namespace cameo::generator {

/// Gives every output a value of its own that a layer computes: an output that is an input, a constant, a view of one, or the same as another output is copied.
void separate_outputs(graph& g)
{
    std::set<const value*> taken;
    const auto root = [](const value* v) {
        while (v->producer && v->producer->op->is_view()) v = v->producer->operands[0];
        return v;
    };
    for (std::size_t k = 0; k < g.outputs.size(); ++k) {
        value*& output = g.outputs[k];
        const value* source = root(output);
        if (source->producer && taken.insert(source).second) continue;
        auto copy = std::make_unique<node>();
        copy->op = std::make_unique<operation_of<elementwise_spec>>(elementwise_attributes{});
        copy->origins = {{g.output_names[k], "Identity", g.opset}};
        copy->operands = {output};
        value* result = g.add_value(g.output_names[k], output->type);
        copy->results = {result};
        g.insert(g.nodes.size(), std::move(copy));
        output = result;
    }
}

}  // namespace cameo::generator
