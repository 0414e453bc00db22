// Finds in a graph what rounds to 16-bit floats: casts, and functions of elementwise layers and epilogues.
#include "graph/rounding.hpp"
#include <cameo/function/list.hpp>
#include <cameo/op/elementwise.hpp>
#include <cmath>

namespace cameo::generator {

namespace {

double step_of(element e)
{
    return visit_element(e, [](auto known) {
        if constexpr (cameo::detail::has_16_bits<element_type<known()>>) {
            return std::ldexp(1.0, -element_type<known()>::format.fraction_bits);
        } else {
            return 0.0;
        }
    });
}

double step_of(const elementwise_expression& e)
{
    double largest = 0;
    for (const instruction& i : e) {
        if (const element narrow = rounds_to(i.function); narrow != element::none) {
            largest = std::max(largest, step_of(narrow));
        }
    }
    return largest;
}

}  // namespace

element rounds_to(std::uint8_t function)
{
    element narrow = element::none;
    visit_function(function, [&]<class Function>(Function) {
        if constexpr (requires { typename Function::narrow; }) {
            narrow = element_of<typename Function::narrow>;
        }
    });
    return narrow;
}

double rounding_step(const graph& g)
{
    double largest = 0;
    for (const node* n : nodes_within(g)) {
        if (const auto* a = n->attributes_of<elementwise_spec>()) {
            largest = std::max(largest, step_of(a->compute));
        } else if (const auto slot = n->op->find_epilogue(); slot.epilogue) {
            largest = std::max(largest, step_of(*slot.epilogue));
        }
        for (const value* v : n->results()) {
            largest = std::max(largest, v ? step_of(v->type.element) : 0);
        }
    }
    return largest;
}

}  // namespace cameo::generator
