// Imports Cast and CastLike.
#include "import/choice.hpp"
#include "import/element_code.hpp"
#include "import/operator_table.hpp"
#include "model/model.hpp"
#include "op/composition.hpp"
#include <algorithm>
#include <cameo/op/cast.hpp>

namespace cameo::generator {

namespace {

/// Casts, where one Cast does not convert between two types, by way of one that holds all numbers of the first.
value* cast_by_steps(source_node& n, value* v, const cast_attributes& a)
{
    const element from = v->type.element;
    const auto in = [](const element_set& some, element e) { return std::ranges::find(some, e) != some.end(); };
    const element_set narrow = elements_in(narrow_elements{});
    if (in(narrow, from) && a.to != element::float32) {
        v = n.add<cast_spec>({element::float32}, {v})[0];
    } else if (in(narrow, a.to) && !in(elements_in(floating_elements{}), from)) {
        v = n.add<cast_spec>({element::float64}, {v})[0];
    }
    return n.add<cast_spec>(a, {v})[0];
}

void import_cast_to(source_node& n, element to)
{
    const cast_attributes a{.to = to,
        .saturate = n.integer("saturate", 1) != 0,
        .round_mode = choice<power_rounding>(n, "round_mode", "up")};
    value* v = n.required_operand(0);
    n.set_result(0, v->type.element == to ? v : cast_by_steps(n, v, a));
}

void import_cast(source_node& n)
{
    const int code = n.opset() < 6 ? element_code_by_name(n, "to") : element_code(n, "to", element::none);
    if (n.element_for(code) == element::none) {
        throw unsupported("casts to {}, which is not supported", element_type_name(code));
    }
    import_cast_to(n, n.element_for(code));
}

void import_cast_like(source_node& n) { import_cast_to(n, n.type(1).element); }

}  // namespace

value* cast(source_node& n, value* v, element to) { return v->type.element == to ? v : cast_by_steps(n, v, {to}); }

void add_cast(operator_table& table)
{
    table.add<cast_spec>("Cast", {1, 6, 9, 13, 19, 21, 23, 24, 25, 28}, import_cast);
    table.add<cast_spec>("CastLike", {15, 19, 21, 23, 24, 25}, import_cast_like);
}

}  // namespace cameo::generator
