// Imports Constant with each of its attributes: value, value_float, value_ints, …
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include <algorithm>
#include <cameo/op/cast.hpp>

namespace cameo::generator {

value* constant_number(source_node& n, element type, double number)
{
    tensor t({type, {}});
    with_elements(t, [&]<class T>(std::span<T> one) { one[0] = cameo::detail::convert<T>(number); });
    return n.add_constant(std::move(t));
}

template <class Number>
tensor tensor_of(const source_node& n, const tensor_type& type, const std::vector<Number>& numbers)
{
    tensor t = n.make_constant(type);
    with_elements(t, [&]<class T>(std::span<T> all) {
        std::ranges::transform(numbers, all.begin(), [](Number v) { return cameo::detail::convert<T>(v); });
    });
    return t;
}

template tensor tensor_of(const source_node&, const tensor_type&, const std::vector<double>&);
template tensor tensor_of(const source_node&, const tensor_type&, const std::vector<dim>&);

namespace {

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
        return list_of(n, element::float32, n.numbers("value_floats"));
    }
    if (n.has("value_ints")) {
        return list_of(n, element::int64, n.integers("value_ints"));
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
