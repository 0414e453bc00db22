// ScatterElements, Scatter and ScatterND.
#include "graph/define_operation.hpp"
#include "import/indices.hpp"
#include "import/operator_table.hpp"
#include <cameo/op/scatter_elements.hpp>
#include <cameo/op/scatter_nd.hpp>

namespace cameo::generator {

template class operation_of<scatter_elements_spec>;
template class operation_of<scatter_nd_spec>;

namespace {

/// add and mul since opset 16, max and min since 18.
scatter_reduction reduction(const source_node& n)
{
    const std::string text = n.opset() < 16 ? "none" : n.text("reduction", "none");
    using enum scatter_reduction;
    if (text == "none") return none;
    if (text == "add") return add;
    if (text == "mul") return mul;
    if (text == "max" && n.opset() >= 18) return max;
    if (text == "min" && n.opset() >= 18) return min;
    throw unsupported("attribute 'reduction' must be none, add, mul or, since opset 18, max or min");
}

void import_scatter_elements(source_node& n)
{
    const shape& x = n.type(0).shape;
    const int axis = n.axis(n.integer("axis", 0), x.rank);
    n.become<scatter_elements_spec>({axis, reduction(n)}, n.operands());
    require_indices_inside(*n.need(1), {x[axis]});
}

void import_scatter_nd(source_node& n)
{
    const shape &x = n.type(0).shape, &indices = n.type(1).shape;
    n.become<scatter_nd_spec>({reduction(n)}, n.operands());
    require_indices_inside(*n.need(1), {x.extent.begin(), x.extent.begin() + indices[indices.rank - 1]});
}

}  // namespace

void add_scatter(operator_table& table)
{
    table.add("Scatter", {9, 11}, import_scatter_elements);
    table.add("ScatterElements", {11, 13, 16, 18}, import_scatter_elements);
    table.add("ScatterND", {11, 13, 16, 18}, import_scatter_nd);
}

}  // namespace cameo::generator
