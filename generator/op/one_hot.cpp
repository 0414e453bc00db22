#include "graph/define_operation.hpp"
#include "import/operator_table.hpp"
#include <cameo/op/cast.hpp>
#include <cameo/op/one_hot.hpp>

namespace cameo::generator {

template class operation_of<one_hot_spec>;

namespace {

/// Indices of other types are cast to int64, as ONNX says.
void import_one_hot(source_node& n)
{
    value* indices = n.need(0);
    const int axis = n.axis(n.integer("axis", -1), indices->type.shape.rank + 1);
    n.need(1);
    const std::vector<dim> depth = n.constant_integers(1, "depth");
    if (depth.size() != 1) throw unsupported("operand 'depth' must be one number, found {}", depth.size());
    if (indices->type.element != element::int32 && indices->type.element != element::int64) indices = n.add<cast_spec>({element::int64}, {indices})[0];
    n.become<one_hot_spec>({axis, depth[0]}, {indices, n.need(2)});
}

}  // namespace

void add_one_hot(operator_table& table) { table.add("OneHot", {9, 11, 28}, import_one_hot); }

}  // namespace cameo::generator
