// Imports BitCast.
#include "import/element_code.hpp"
#include "import/operator_table.hpp"
#include <cameo/op/bit_cast.hpp>

namespace cameo::generator {

namespace {

void import_bit_cast(source_node& n)
{
    const int code = element_code(n, "to", element::none);
    const element to = n.element_for(code);
    if (to == element::none) {
        throw unsupported("reads bits as {}, which is not supported", element_type_name(code));
    }
    value* v = n.required_operand(0);
    n.set_result(0, v->type.element == to ? v : n.add<bit_cast_spec>({to}, {v})[0]);
}

}  // namespace

void add_bit_cast(operator_table& table) { table.add<bit_cast_spec>("BitCast", {26}, import_bit_cast); }

}  // namespace cameo::generator
