// Imports ArgMax and ArgMin.
#include "import/operator_table.hpp"
#include <cameo/op/arg_extreme.hpp>

namespace cameo::generator {

namespace {

template <bool Largest>
void import_arg_extreme(source_node& n)
{
    arg_extreme_attributes a;
    a.axis = n.axis(n.integer("axis", 0), n.type(0).shape.rank);
    a.largest = Largest;
    a.keepdims = n.integer("keepdims", 1) != 0;
    a.select_last_index = n.integer("select_last_index", 0) != 0;
    n.become<arg_extreme_spec>(a, {n.required_operand(0)});
}

}  // namespace

void add_arg_extreme(operator_table& table)
{
    table.add<arg_extreme_spec>("ArgMax", {1, 11, 12, 13}, import_arg_extreme<true>);
    table.add<arg_extreme_spec>("ArgMin", {1, 11, 12, 13}, import_arg_extreme<false>);
}

}  // namespace cameo::generator
