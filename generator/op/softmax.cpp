// Imports Softmax, LogSoftmax and Hardmax.
#include "import/operator_table.hpp"
#include <cameo/op/hardmax.hpp>
#include <cameo/op/softmax.hpp>

namespace cameo::generator {

namespace {

/// Reads the axes: since opset 13 one axis, the last by default; before, all axes from `axis` on, 1 by default.
template <class Attributes>
Attributes over_axes(const source_node& n)
{
    const int rank = n.type(0).shape.rank;
    Attributes a;
    a.first = n.axis(n.integer("axis", n.opset() < 13 ? 1 : -1), rank, n.opset() < 13);
    a.last = n.opset() < 13 ? rank : a.first + 1;
    return a;
}

template <bool Logarithm>
void import_softmax(source_node& n)
{
    auto a = over_axes<softmax_attributes>(n);
    a.logarithm = Logarithm;
    n.become<softmax_spec>(a, {n.required_operand(0)});
}

void import_hardmax(source_node& n)
{
    n.become<hardmax_spec>(over_axes<hardmax_attributes>(n), {n.required_operand(0)});
}

}  // namespace

void add_softmax(operator_table& table)
{
    table.add<softmax_spec>("Softmax", {1, 11, 13}, import_softmax<false>);
    table.add<softmax_spec>("LogSoftmax", {1, 11, 13}, import_softmax<true>);
    table.add<hardmax_spec>("Hardmax", {1, 11, 13}, import_hardmax);
}

}  // namespace cameo::generator
