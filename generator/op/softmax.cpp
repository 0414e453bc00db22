#include "graph/define_operation.hpp"
#include "import/operator_table.hpp"
#include <cameo/op/softmax.hpp>

namespace cameo::generator {

template class operation_of<softmax_spec>;

namespace {

/// Since opset 13 over one axis, the last by default; before, over all axes from `axis` on, 1 by default.
template <bool Logarithm>
void import_softmax(source_node& n)
{
    const int rank = n.type(0).shape.rank;
    softmax_attributes a;
    a.first = n.axis(n.integer("axis", n.opset() < 13 ? 1 : -1), rank, n.opset() < 13);
    a.last = n.opset() < 13 ? rank : a.first + 1;
    a.logarithm = Logarithm;
    n.become<softmax_spec>(a, {n.need(0)});
}

}  // namespace

void add_softmax(operator_table& table)
{
    table.add("Softmax", {1, 11, 13}, import_softmax<false>);
    table.add("LogSoftmax", {1, 11, 13}, import_softmax<true>);
}

}  // namespace cameo::generator
