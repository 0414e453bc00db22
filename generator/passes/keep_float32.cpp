// Networks of 16-bit floats compute in float32 and round each result. Between layers, what was rounded stays float32:
// Cast to float16, moves, Cast to float32 → round_float16, moves.
#include "graph/rounding.hpp"
#include "passes/passes.hpp"
#include <algorithm>
#include <cameo/op/cast.hpp>
#include <cameo/op/elementwise.hpp>

namespace cameo::generator {

namespace {

/// Returns the function that rounds to an element type.
elementwise_expression rounding_to(element narrow)
{
    std::uint8_t function = 0;
    while (rounds_to(function) != narrow) {
        ++function;
    }
    return compose(function, operand<0>);
}

bool is_narrow(const value* v) { return v && computed_in(v->type.element) != v->type.element; }

/// Finds for values of 16 bits the same numbers as float32.
class widener {
public:
    explicit widener(graph& g) : graph_(g) {}

    void visit(node& n)
    {
        if (const auto* to = n.attributes_of<cast_spec>()) {
            visit_cast(n, to->to);
        } else if (n.op->moves_bits() && is_narrow(n.result())) {
            visit_move(n);
        } else if (n.op->selects_elements() && n.result()) {
            visit_selection(n);
        }
    }

private:
    void visit_cast(node& n, element to)
    {
        value *from = n.operand(0), *result = n.result();
        if (to == element::float32 && wide_.contains(from)) {
            graph_.replace(result, wide_.at(from));
        } else if (to == element::float32 && is_narrow(from)) {
            wide_[from] = result;
            exact_[result] = from->type.element;
        } else if (is_narrow(result) && from->type.element == element::float32) {
            wide_[result] = rounded(n);
        }
    }

    /// Returns what a Cast to 16 bits makes, as float32.
    value* rounded(const node& n)
    {
        value* from = n.operand(0);
        const element narrow = n.result()->type.element;
        if (const auto found = exact_.find(from); found != exact_.end() && found->second == narrow) {
            return from;
        }
        return append(make_node<elementwise_spec>({rounding_to(narrow)}, n.origins[0], {from}), n, narrow);
    }

    /// Puts a node of float32, whose result holds numbers of 16 bits, before another.
    value* append(std::unique_ptr<node> made, const node& at, element narrow)
    {
        value* v = graph_.add_value(at.result()->name, {element::float32, at.result()->type.shape});
        made->set_result(0, v);
        graph_.insert_before(at, std::move(made));
        exact_[v] = narrow;
        return v;
    }

    /// Moves float32 instead, where all that is moved is there as float32.
    void visit_move(node& n)
    {
        std::vector<value*> operands = n.operands();
        for (value*& v : operands) {
            if (is_narrow(v) && !wide_.contains(v)) {
                return;
            }
            v = is_narrow(v) ? wide_.at(v) : v;
        }
        value* result = n.result();
        const element narrow = result->type.element;
        value* v = append(std::make_unique<node>(n.op->clone(), n.origins, std::move(operands)), n, narrow);
        n.become<cast_spec>({narrow}, {v});
        wide_[result] = v;
    }

    /// What is chosen of exact numbers is exact.
    void visit_selection(const node& n)
    {
        const auto of_first = exact_.find(n.operand(0));
        const auto exact = [&](const value* v) {
            const auto found = exact_.find(v);
            return !v || (found != exact_.end() && found->second == of_first->second);
        };
        if (of_first != exact_.end() && std::ranges::all_of(n.operands(), exact)) {
            exact_[n.result()] = of_first->second;
        }
    }

    graph& graph_;
    std::map<const value*, value*> wide_;
    std::map<const value*, element> exact_;  ///< float32 values whose numbers are of this type
};

}  // namespace

void keep_float32(graph& g)
{
    widener all(g);
    for (const auto& n : g.nodes()) {
        all.visit(*n);
    }
    remove_dead_nodes(g);
}

}  // namespace cameo::generator
