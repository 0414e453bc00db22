// Imports Gather, GatherElements and GatherND.
#include "import/indices.hpp"
#include "import/operator_table.hpp"
#include <cameo/op/gather.hpp>
#include <cameo/op/gather_elements.hpp>
#include <cameo/op/gather_nd.hpp>

namespace cameo::generator {

namespace {

/// Imports Gather or GatherElements.
template <class Spec>
void import_along_axis(source_node& n)
{
    const shape& x = n.type(0).shape;
    const int axis = n.axis(n.integer("axis", 0), x.rank);
    n.become<Spec>({axis}, n.operands());
    require_indices_inside(*n.required_operand(1), {x[axis]});
}

void import_gather_nd(source_node& n)
{
    const shape &x = n.type(0).shape, &indices = n.type(1).shape;
    const dim batch_dims = n.opset() < 12 ? 0 : n.integer("batch_dims", 0);
    if (batch_dims < 0 || batch_dims > max_rank) {
        throw unsupported("attribute 'batch_dims' is {}", batch_dims);
    }
    n.become<gather_nd_spec>({static_cast<int>(batch_dims)}, n.operands());
    const auto first = x.extent.begin() + batch_dims;
    require_indices_inside(*n.required_operand(1), {first, first + indices[indices.rank - 1]});
}

}  // namespace

void add_gather(operator_table& table)
{
    table.add<gather_spec>("Gather", {1, 11, 13}, import_along_axis<gather_spec>);
    table.add<gather_elements_spec>("GatherElements", {11, 13}, import_along_axis<gather_elements_spec>);
    table.add<gather_nd_spec>("GatherND", {11, 12, 13}, import_gather_nd);
}

}  // namespace cameo::generator
