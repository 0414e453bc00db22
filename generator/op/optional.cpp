// Imports the operators of optionals: whether there is a value is known when the network is generated.
#include "import/operator_table.hpp"

namespace cameo::generator {

namespace {

void import_optional(source_node& n)
{
    n.ignore({"type"});
    if (!n.tensor_or_sequence(0)) {
        throw unsupported("is empty: there must be a value");
    }
    n.set_result(0, n.tensor_or_sequence(0));
}

void import_optional_get_element(source_node& n) { n.set_result(0, n.required_tensor_or_sequence(0)); }

void import_optional_has_element(source_node& n)
{
    tensor has({element::boolean, {}});
    has.as<bool>()[0] = n.tensor_or_sequence(0) != nullptr;
    n.set_result(0, n.add_constant(std::move(has)));
}

}  // namespace

void add_optional(operator_table& table)
{
    table.add("Optional", {15, 28}, import_optional, "with a value");
    table.add("OptionalGetElement", {15, 18, 28}, import_optional_get_element);
    table.add("OptionalHasElement", {15, 18, 28}, import_optional_has_element);
}

}  // namespace cameo::generator
