// Chooses elements of an axis by their positions.
#include "op/run_time_axis.hpp"
#include "op/composition.hpp"
#include <algorithm>
#include <cameo/op/compress.hpp>
#include <cameo/op/elementwise.hpp>

namespace cameo::generator {

namespace {

/// The positions along an axis, in a shape that broadcasts to the value's.
value* positions(source_node& n, const value* v, int axis)
{
    shape s;
    for (int a = axis; a < v->type.shape.rank; ++a) {
        s.append(a == axis ? v->type.shape[a] : 1);
    }
    return counted(n, 0, s);
}

/// A bound as ONNX's Slice reads it: a negative one counts from the end.
value* from_start(source_node& n, value* bound, dim extent)
{
    value* given = n.reshaped(cast(n, bound, element::int64), {});
    value* from_end = n.compute(add(operand<0>, static_cast<double>(extent)), {given});
    return chosen(n, n.compute(less(operand<0>, 0.0), {given}), from_end, given);
}

}  // namespace

bool has_rest(const value* v, const std::vector<dim>& axes)
{
    return v->extent && std::ranges::count(axes, v->extent->axis) > 0;
}

value* with_rest(source_node& n, value* v, value* number)
{
    const run_time_extent extent = *v->extent;
    value* there =
        n.compute(less(operand<0>, operand<1>), {positions(n, v, extent.axis), n.reshaped(extent.count, {})});
    v->extent.reset();  // so that all positions may differ
    value* all = chosen(n, there, v, number);
    v->extent = extent;
    return all;
}

value* sliced_at_run_time(source_node& n, value* v, int axis, value* start, value* end, dim capacity)
{
    const dim extent = v->type.shape[axis];
    value* at = counted(n, 0, {extent});
    value* begun = n.compute(greater_or_equal(operand<0>, operand<1>), {at, from_start(n, start, extent)});
    value* goes_on = n.compute(less(operand<0>, operand<1>), {at, from_start(n, end, extent)});
    value* within = n.compute(logical_and(operand<0>, operand<1>), {begun, goes_on});
    const std::vector<value*> results = n.add<compress_spec>({axis, capacity}, {v, within}, 2);
    results[0]->extent = {axis, results[1]};
    return results[0];
}

}  // namespace cameo::generator
