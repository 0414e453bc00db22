// Imports Trilu with a constant diagonal.
#include "import/operator_table.hpp"
#include <algorithm>
#include <cameo/op/trilu.hpp>

namespace cameo::generator {

namespace {

void import_trilu(source_node& n)
{
    const tensor* k = n.constant_number(1, "k");
    n.become<trilu_spec>({n.integer("upper", 1) != 0, k ? std::clamp(integers(*k)[0], -max_count, max_count) : 0},
        {n.required_operand(0)});
}

}  // namespace

void add_trilu(operator_table& table) { table.add<trilu_spec>("Trilu", {14}, import_trilu, "`k` is constant"); }

}  // namespace cameo::generator
