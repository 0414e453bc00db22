// Mul(x, constant c) → x * c with c as a literal in the expression: constants of one element stop being operands.
#include "passes/passes.hpp"
#include <cameo/op/elementwise.hpp>

namespace cameo::generator {

namespace {

/// Tells whether an operand is a constant of one element that a double holds exactly, and that does not determine the
/// result's rank.
bool inlines(const value* v, const node& n)
{
    if (!v->data || v->type.shape.count() != 1 || !is_floating(v->type.element)) {
        return false;
    }
    int others = -1;
    for (const value* other : n.operands()) {
        if (other != v) {
            others = std::max(others, other->type.shape.rank);
        }
    }
    return others >= v->type.shape.rank;
}

}  // namespace

/// Writes constants of one element into the expressions that read them.
void inline_scalars(graph& g)
{
    for (const auto& n : g.nodes()) {
        elementwise_attributes* a = n->attributes_of<elementwise_spec>();
        if (!a || n->operands().size() < 2) {
            continue;
        }
        std::array<argument, elementwise_expression::max_operands> inputs{};
        std::vector<value*> kept;
        for (std::size_t k = 0; k < n->operands().size(); ++k) {
            value* v = n->operands()[k];
            const bool last_one = kept.empty() && k + 1 == n->operands().size();
            if (!last_one && inlines(v, *n)) {
                inputs[k] = argument::of_constant(numbers(*v->data)[0]);
            } else {
                inputs[k] = argument::of_operand(static_cast<int>(kept.size()));
                kept.push_back(v);
            }
        }
        elementwise_expression p;
        p.result = p.append(a->compute, inputs);
        a->compute = p;
        n->set_operands(std::move(kept));
    }
}

}  // namespace cameo::generator
