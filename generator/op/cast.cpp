// Imports Cast and CastLike.
#include "import/element_code.hpp"
#include "import/operator_table.hpp"
#include "model/model.hpp"
#include "op/composition.hpp"
#include <cameo/op/cast.hpp>

namespace cameo::generator {

value* cast(source_node& n, value* v, element to) { return v->type.element == to ? v : n.add<cast_spec>({to}, {v})[0]; }

namespace {

void import_cast(source_node& n)
{
    n.ignore({"round_mode", "saturate"});  // of casts to float8
    const int code = element_code(n, "to", element::none);
    const element to = to_element(code);
    if (to == element::none) {
        throw unsupported("casts to {}, which is not supported", element_type_name(code));
    }
    n.become<cast_spec>({to}, {n.required_operand(0)});
}

void import_cast_like(source_node& n)
{
    n.ignore({"round_mode", "saturate"});
    n.become<cast_spec>({n.type(1).element}, {n.required_operand(0)});
}

}  // namespace

void add_cast(operator_table& table)
{
    table.add<cast_spec>("Cast", {6, 9, 13, 19, 21, 23, 24, 25}, import_cast);
    table.add<cast_spec>("CastLike", {15, 19, 21, 23, 24, 25}, import_cast_like);
}

}  // namespace cameo::generator
