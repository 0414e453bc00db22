// Imports Identity.
#include "import/operator_table.hpp"

namespace cameo::generator {

namespace {

void import_identity(source_node& n) { n.set_result(0, n.required_tensor_or_sequence(0)); }

}  // namespace

void add_identity(operator_table& table)
{
    table.add("Identity", {1, 13, 14, 16, 19, 21, 23, 24, 25}, import_identity);
}

}  // namespace cameo::generator
