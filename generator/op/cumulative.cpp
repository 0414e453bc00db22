// Imports CumSum and CumProd.
#include "import/operator_table.hpp"
#include <cameo/op/cumulative.hpp>

namespace cameo::generator {

namespace {

template <bool Product>
void import_cumulative(source_node& n)
{
    const std::vector<dim> axis = n.constant_integers(1, "axis");
    if (axis.size() != 1) {
        throw unsupported("the axis must be one number, found {}", axis.size());
    }
    cumulative_attributes a;
    a.axis = n.axis(axis[0], n.type(0).shape.rank);
    a.product = Product;
    a.exclusive = n.integer("exclusive", 0) != 0;
    a.reverse = n.integer("reverse", 0) != 0;
    n.become<cumulative_spec>(a, {n.required_operand(0)});
}

}  // namespace

void add_cumulative(operator_table& table)
{
    table.add<cumulative_spec>("CumSum", {11, 14}, import_cumulative<false>, "`axis` is constant");
    table.add<cumulative_spec>("CumProd", {26}, import_cumulative<true>, "`axis` is constant");
}

}  // namespace cameo::generator
