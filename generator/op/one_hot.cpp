// Imports OneHot with a constant depth.
#include "import/operator_table.hpp"
#include <cameo/op/cast.hpp>
#include <cameo/op/one_hot.hpp>

namespace cameo::generator {

namespace {

/// Imports OneHot. Indices of other types are cast to int64, as ONNX says.
void import_one_hot(source_node& n)
{
    value* indices = n.required_operand(0);
    const int axis = n.axis(n.integer("axis", -1), indices->type.shape.rank + 1);
    n.required_operand(1);
    const dim depth = integers(*n.constant_number(1, "depth"))[0];
    if (indices->type.element != element::int32 && indices->type.element != element::int64) {
        indices = n.add<cast_spec>({element::int64}, {indices})[0];
    }
    n.become<one_hot_spec>({axis, depth}, {indices, n.required_operand(2)});
}

}  // namespace

void add_one_hot(operator_table& table)
{
    table.add<one_hot_spec>("OneHot", {9, 11, 28}, import_one_hot, "`depth` is constant");
}

}  // namespace cameo::generator
