// Imports Where.
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include <cameo/op/where.hpp>

namespace cameo::generator {

value* chosen(source_node& n, value* condition, value* x, value* y)
{
    return n.add<where_spec>({}, {condition, x, y})[0];
}

namespace {

void import_where(source_node& n) { n.become<where_spec>({}, n.operands()); }

}  // namespace

void add_where(operator_table& table) { table.add<where_spec>("Where", {9, 16}, import_where); }

}  // namespace cameo::generator
