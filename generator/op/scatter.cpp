// Imports ScatterElements, Scatter, ScatterND and TensorScatter.
#include "import/indices.hpp"
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include <cameo/op/elementwise.hpp>
#include <cameo/op/expand.hpp>
#include <cameo/op/scatter_elements.hpp>
#include <cameo/op/scatter_nd.hpp>

namespace cameo::generator {

namespace {

/// Reads the reduction: add and mul exist since opset 16, max and min since 18.
scatter_reduction reduction(const source_node& n)
{
    const std::string text = n.opset() < 16 ? "none" : n.text("reduction", "none");
    using enum scatter_reduction;
    if (text == "none") {
        return none;
    }
    if (text == "add") {
        return add;
    }
    if (text == "mul") {
        return mul;
    }
    if (text == "max" && n.opset() >= 18) {
        return max;
    }
    if (text == "min" && n.opset() >= 18) {
        return min;
    }
    throw unsupported("attribute 'reduction' must be none, add, mul or, since opset 18, max or min");
}

void import_scatter_elements(source_node& n)
{
    const shape& x = n.type(0).shape;
    const int axis = n.axis(n.integer("axis", 0), x.rank);
    n.become<scatter_elements_spec>({axis, reduction(n)}, n.operands());
    require_indices_inside(*n.required_operand(1), {x[axis]});
}

void import_scatter_nd(source_node& n)
{
    const shape &x = n.type(0).shape, &indices = n.type(1).shape;
    n.become<scatter_nd_spec>({reduction(n)}, n.operands());
    require_indices_inside(*n.required_operand(1), {x.extent.begin(), x.extent.begin() + indices[indices.rank - 1]});
}

/// Imports TensorScatter: each batch's update is written along the axis from its write index on, and wraps around in
/// circular mode.
void import_tensor_scatter(source_node& n)
{
    const shape &cache = n.type(0).shape, &update = n.type(1).shape;
    const int axis = n.axis(n.integer("axis", -2), cache.rank);
    const std::string mode = n.text("mode", "linear");
    if (mode != "linear" && mode != "circular") {
        throw unsupported("attribute 'mode' must be linear or circular, found '{}'", mode);
    }
    shape fits = cache, batch, along;
    for (int i = 0; i < cache.rank; ++i) {
        batch.append(i == 0 ? cache[0] : 1);
        along.append(i == axis ? update[axis] : 1);
    }
    fits[axis] = update[axis];
    if (axis == 0 || update != fits || update[axis] > cache[axis]) {
        throw unsupported(
            "an update of {} does not fit {} along axis {}", to_string(n.type(1)), to_string(n.type(0)), axis);
    }
    value* places = counted(n, 0, along);
    if (n.operand(2)) {
        if (n.type(2) != tensor_type{element::int64, {cache[0]}}) {
            throw unsupported(
                "write indices must be one for each element of the batch, found {}", to_string(n.type(2)));
        }
        places = sum(n, places, n.reshaped(n.required_operand(2), batch));
    }
    if (mode == "circular") {
        places = n.compute(mod(operand<0>, static_cast<double>(cache[axis])), {places});
    }
    if (n.constant_data(places)) {
        require_indices_inside(*places, {cache[axis]});
    }
    n.set_result(0, written(n, n.required_operand(0), axis, places, n.required_operand(1)));
}

}  // namespace

value* written(source_node& n, value* into, int axis, value* places, value* update)
{
    value* indices = n.add<expand_spec>({update->type.shape}, {places})[0];
    return n.add<scatter_elements_spec>({axis, scatter_reduction::none}, {into, indices, update})[0];
}

void add_scatter(operator_table& table)
{
    table.add<scatter_elements_spec>("Scatter", {9, 11}, import_scatter_elements);
    table.add<scatter_elements_spec>("ScatterElements", {11, 13, 16, 18}, import_scatter_elements);
    table.add<scatter_elements_spec>("TensorScatter", {24}, import_tensor_scatter);
    table.add<scatter_nd_spec>("ScatterND", {11, 13, 16, 18}, import_scatter_nd);
}

}  // namespace cameo::generator
