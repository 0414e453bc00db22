// If or Loop with captured values that are constants, or that no body reads → the same without these operands.
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

/// Gives each body a constant of its own in the place of an input.
void become_constant(const std::vector<graph*>& bodies, std::size_t input, const value& v)
{
    for (graph* body : bodies) {
        value* const own = body->add_constant(v.name, *v.data);
        own->parameters = v.parameters;
        body->replace(body->inputs[input], own);
    }
}

}  // namespace

/// Removes values that a layer passes on to its bodies although they are constants, or none of them reads these.
void release_captured(graph& g)
{
    for (const auto& n : g.nodes()) {
        const auto* layer = dynamic_cast<const control_flow*>(n->op.get());
        if (!layer) {
            continue;
        }
        for (std::size_t input = layer->bodies()[0]->inputs.size(); input-- > layer->first_captured();) {
            const std::size_t operand = n->operands().size() - (layer->bodies()[0]->inputs.size() - input);
            if (const value* v = n->operand(operand); v && v->data) {
                become_constant(layer->bodies(), input, *v);
            }
            const auto reads = [&](const graph* body) { return body->inputs[input]->uses() > 0; };
            if (std::ranges::none_of(layer->bodies(), reads)) {
                release(*n, operand, input);
            }
        }
    }
}

}  // namespace cameo::generator
