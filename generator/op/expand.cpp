// Imports Expand with a constant shape; one that changes nothing vanishes.
#include "import/operator_table.hpp"
#include <cameo/op/expand.hpp>

namespace cameo::generator {

namespace {

void import_expand(source_node& n)
{
    const shape& x = n.type(0).shape;
    n.required_operand(1);
    const shape to = to_shape(n.constant_integers(1, "shape"));
    if (broadcast(x, to) == x) {
        return n.set_result(0, n.required_operand(0));
    }
    n.become<expand_spec>({to}, {n.required_operand(0)});
}

}  // namespace

void add_expand(operator_table& table)
{
    table.add<expand_spec>("Expand", {8, 13}, import_expand, "`shape` is constant");
}

}  // namespace cameo::generator
