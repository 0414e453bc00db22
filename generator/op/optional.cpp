// Imports the operators of optionals: whether there is a value is known when the network is generated.
#include "import/operator_table.hpp"

namespace cameo::generator {

namespace {

void import_optional(source_node& n)
{
    if (!n.operand(0)) {
        throw unsupported("is empty: values are tensors, and an input that may be absent is left out");
    }
    n.set_result(0, n.required_operand(0));
}

void import_optional_get_element(source_node& n) { n.set_result(0, n.required_operand(0)); }

void import_optional_has_element(source_node& n)
{
    tensor has({element::boolean, {}});
    has.as<bool>()[0] = n.operand_count() > 0 && n.operand(0);
    n.set_result(0, n.add_constant(std::move(has)));
}

}  // namespace

void add_optional(operator_table& table)
{
    table.add("Optional", {15, 28}, import_optional, "with a tensor");
    table.add("OptionalGetElement", {15, 18, 28}, import_optional_get_element, "of tensors");
    table.add("OptionalHasElement", {15, 18, 28}, import_optional_has_element, "of tensors");
}

}  // namespace cameo::generator
