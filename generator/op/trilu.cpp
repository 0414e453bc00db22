#include "graph/define_operation.hpp"
#include "import/operator_table.hpp"
#include <algorithm>
#include <cameo/op/trilu.hpp>

namespace cameo::generator {

template class operation_of<trilu_spec>;

namespace {

void import_trilu(source_node& n)
{
    const std::vector<dim> k = n.constant_integers(1, "k", {0});
    if (k.size() != 1) throw unsupported("operand 'k' must be one number, found {}", k.size());
    n.become<trilu_spec>({n.integer("upper", 1) != 0, std::clamp(k[0], -max_count, max_count)}, {n.need(0)});
}

}  // namespace

void add_trilu(operator_table& table) { table.add("Trilu", {14}, import_trilu); }

}  // namespace cameo::generator
