// Imports Constant with each of its attributes: value, value_float, value_ints, …
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include <cameo/op/cast.hpp>

namespace cameo::generator {

value* constant_number(source_node& n, element type, double number)
{
    tensor t({type, {}});
    with_elements(t, [&]<class T>(std::span<T> one) { one[0] = cameo::detail::convert<T>(number); });
    return n.add_constant(std::move(t));
}

namespace {

template <class T, class List>
tensor from_list(const List& list)
{
    tensor t({element_of<T>, {static_cast<dim>(list.size())}});
    std::size_t i = 0;
    for (const auto v : list) {
        t.as<T>()[i++] = static_cast<T>(v);
    }
    return t;
}

tensor constant_of(const source_node& n)
{
    if (const auto* proto = n.tensor_proto("value")) {
        return n.decode(*proto);
    }
    if (n.has("value_float")) {
        return scalar(static_cast<float>(n.number("value_float", 0)));
    }
    if (n.has("value_int")) {
        return scalar(n.integer("value_int", 0));
    }
    if (n.has("value_floats")) {
        return from_list<float>(n.numbers("value_floats"));
    }
    if (n.has("value_ints")) {
        return from_list<std::int64_t>(n.integers("value_ints"));
    }
    throw unsupported("has none of the attributes value, value_float, value_int, value_floats, value_ints");
}

void import_constant(source_node& n) { n.set_result(0, n.add_constant(constant_of(n))); }

}  // namespace

void add_constant(operator_table& table)
{
    table.add(
        "Constant", {1, 9, 11, 12, 13, 19, 21, 23, 24, 25}, import_constant, "no texts; sparse values become dense");
}

}  // namespace cameo::generator
