// If or Loop with captured values that no body reads → the same without these operands.
#include "op/control_flow.hpp"
#include "passes/passes.hpp"

namespace cameo::generator {

namespace {

/// Removes a captured value from a layer's operands and from the inputs of its bodies.
void release(node& n, std::size_t operand, std::size_t input)
{
    std::vector<value*> others = n.operands();
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(operand));
    n.set_operands(std::move(others));
    for (graph* body : n.op->bodies()) {
        body->inputs.erase(body->inputs.begin() + static_cast<std::ptrdiff_t>(input));
    }
}

}  // namespace

/// Removes values that a layer passes on to its bodies although none of them reads these.
void release_captured(graph& g)
{
    for (const auto& n : g.nodes()) {
        const auto* layer = dynamic_cast<const control_flow*>(n->op.get());
        if (!layer) {
            continue;
        }
        for (std::size_t input = layer->bodies()[0]->inputs.size(); input-- > layer->first_captured();) {
            const std::size_t operand = n->operands().size() - (layer->bodies()[0]->inputs.size() - input);
            const auto reads = [&](const graph* body) { return body->inputs[input]->uses() > 0; };
            if (std::ranges::none_of(layer->bodies(), reads)) {
                release(*n, operand, input);
            }
        }
    }
}

}  // namespace cameo::generator
