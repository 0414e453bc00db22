// Relu(Add(x, y)) → one elementwise layer: chains of elementwise layers become one loop over memory.
#include "passes/fuse.hpp"
#include "passes/passes.hpp"
#include <algorithm>
#include <cameo/op/elementwise.hpp>

namespace cameo::generator {

namespace {

/// Writes `inner`, which makes operand k, into `reader`; false if the expression or its operands become too many.
bool absorb(node& reader, const node& inner, std::size_t k)
{
    std::vector<value*> operands;
    const auto place = [&](value* v) {
        const auto found = std::find(operands.begin(), operands.end(), v);
        if (found == operands.end()) {
            operands.push_back(v);
        }
        return argument::of_operand(
            static_cast<int>(std::find(operands.begin(), operands.end(), v) - operands.begin()));
    };
    const auto* of_inner = inner.attributes_of<elementwise_spec>();
    auto* of_reader = reader.attributes_of<elementwise_spec>();
    if (inner.operands().size() + reader.operands().size() - 1 > std::size_t{elementwise_expression::max_operands}) {
        return false;
    }

    std::array<argument, elementwise_expression::max_operands> inner_inputs{}, reader_inputs{};
    for (std::size_t i = 0; i < inner.operands().size(); ++i) {
        inner_inputs[i] = place(inner.operands()[i]);
    }
    elementwise_expression p;
    const argument value_of_inner = p.append(of_inner->compute, inner_inputs);
    for (std::size_t i = 0; i < reader.operands().size(); ++i) {
        reader_inputs[i] = i == k ? value_of_inner : place(reader.operands()[i]);
    }
    p.result = p.append(of_reader->compute, reader_inputs);
    if (value_of_inner.is_overflow() || p.result.is_overflow()) {
        return false;
    }
    of_reader->compute = p;
    reader.set_operands(std::move(operands));
    return true;
}

bool is_float_elementwise(const node* n)
{
    if (!n || !n->attributes_of<elementwise_spec>() || n->result()->type.element != element::float32) {
        return false;
    }
    return std::all_of(
        n->operands().begin(), n->operands().end(), [](const value* v) { return v->type.element == element::float32; });
}

}  // namespace

/// Fuses elementwise layers that follow each other into one loop.
void fuse_elementwise(graph& g)
{
    each_node(g, [&](node& n) {
        if (!is_float_elementwise(&n)) {
            return;
        }
        for (std::size_t k = 0; k < n.operands().size(); ++k) {
            node* inner = sole_producer(n.operands()[k]);
            // An operand that is broadcast would be computed again for each element it meets.
            if (!is_float_elementwise(inner) || inner->results()[0]->type.shape != n.result()->type.shape) {
                continue;
            }
            if (!absorb(n, *inner, k)) {
                continue;
            }
            prepend_origins(n, *inner);
            g.erase(*inner);
            k = static_cast<std::size_t>(-1);  // the operands have changed: from the start again
        }
    });
}

}  // namespace cameo::generator
