// Imports TopK with a constant K.
#include "import/operator_table.hpp"
#include <cameo/op/top_k.hpp>

namespace cameo::generator {

namespace {

/// Imports TopK. k is an attribute in opset 1, and a constant operand since opset 10.
void import_top_k(source_node& n)
{
    const std::vector<dim> k = n.opset() < 10 ? std::vector{n.integer("k", -1)} : n.constant_integers(1, "K");
    if (k.size() != 1) {
        throw unsupported("K must be one number, found {}", k.size());
    }
    n.ignore({"sorted"});  // without it any order would do
    top_k_attributes a;
    a.axis = n.axis(n.integer("axis", -1), n.type(0).shape.rank);
    a.k = k[0];
    a.largest = n.integer("largest", 1) != 0;
    n.become<top_k_spec>(a, {n.required_operand(0)});
}

}  // namespace

void add_top_k(operator_table& table)
{
    table.add<top_k_spec>("TopK", {1, 10, 11, 24}, import_top_k, "`K` is constant");
}

}  // namespace cameo::generator
