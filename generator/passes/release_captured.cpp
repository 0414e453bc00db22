// If or Loop with captured values that no body reads → the same without these operands.
#include "op/control_flow.hpp"
#include "passes/passes.hpp"

namespace cameo::generator {

namespace {

/// Removes a captured value from a layer's operands and from the inputs of its bodies.
void release(node& n, std::size_t operand, std::size_t input)
{
    n.operands.erase(n.operands.begin() + static_cast<std::ptrdiff_t>(operand));
    for (graph* body : n.op->bodies()) {
        body->inputs.erase(body->inputs.begin() + static_cast<std::ptrdiff_t>(input));
    }
}

}  // namespace

/// Removes values that a layer passes on to its bodies although none of them reads these.
void release_captured(graph& g)
{
    for (const auto& n : g.nodes) {
        const auto* layer = dynamic_cast<const control_flow*>(n->op.get());
        if (!layer) {
            continue;
        }
        std::vector<std::map<const value*, int>> uses;
        for (const graph* body : layer->bodies()) {
            uses.push_back(body->uses());
        }
        for (std::size_t input = layer->bodies()[0]->inputs.size(); input-- > layer->first_captured();) {
            const std::size_t operand = n->operands.size() - (layer->bodies()[0]->inputs.size() - input);
            bool read = false;
            for (std::size_t b = 0; b < uses.size(); ++b) {
                read = read || uses[b][layer->bodies()[b]->inputs[input]] > 0;
            }
            if (!read) {
                release(*n, operand, input);
            }
        }
    }
}

}  // namespace cameo::generator
