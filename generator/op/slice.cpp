// Imports Slice, and Split as one slice per output.
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include "op/run_time_axis.hpp"
#include <algorithm>
#include <cameo/op/slice.hpp>
#include <numeric>

namespace cameo::generator {

namespace {

slice_attributes everything(const shape& x)
{
    slice_attributes a;
    a.ends = x;
    for (int axis = 0; axis < x.rank; ++axis) {
        a.starts.append(0);
    }
    return a;
}

/// Slices a value; returns the value itself if nothing is cut off.
value* sliced(source_node& n, value* x, const slice_attributes& a)
{
    const bool all = a.steps.rank == 0 && result(slice_spec{a, x->type}) == x->type;
    return all ? x : n.add<slice_spec>(a, {x})[0];
}

}  // namespace

void require_parts(const std::vector<dim>& parts, dim extent)
{
    dim start = 0;
    for (const dim size : parts) {
        if (size < 0 || size > extent - start) {
            throw unsupported("the parts do not fit an extent of {}", extent);
        }
        start += size;
    }
    if (start != extent) {
        throw unsupported("the parts have {} elements along an extent of {}", start, extent);
    }
}

value* sliced(source_node& n, value* v, int axis, dim start, dim end)
{
    slice_attributes a = everything(v->type.shape);
    a.starts[axis] = start;
    a.ends[axis] = end;
    return sliced(n, v, a);
}

namespace {

/// Sets one axis of a slice by ONNX's rules: negative bounds count from the end, and all are clamped to the axis. A
/// start before the axis is its first element, also backwards (where numpy takes nothing); an end before the axis
/// includes that element.
void narrow(slice_attributes& a, int axis, dim extent, dim start, dim end, dim step)
{
    if (step == 0) {
        throw unsupported("the step along axis {} is 0", axis);
    }
    const dim longest = std::max(extent, dim{1}), lowest = step > 0 ? 0 : -1, highest = lowest + extent;
    const auto from_start = [&](dim bound) { return bound < 0 ? bound + extent : bound; };
    a.starts[axis] = std::clamp(from_start(start), std::min(dim{0}, highest), highest);
    a.ends[axis] = std::clamp(from_start(end), lowest, highest);
    a.steps[axis] = std::clamp(step, -longest, longest);
}

/// Tells whether the data decide where a slice along one axis begins or ends.
bool is_slice_at_run_time(const source_node& n)
{
    const auto varies = [&](std::size_t k) { return !n.constant_or_null(k) && n.type(k).shape.count() == 1; };
    return n.opset() >= 10 && (varies(1) || varies(2));
}

void import_slice_at_run_time(source_node& n)
{
    value* x = n.required_operand(0);
    const std::vector<dim> axes = n.constant_integers(3, "axes", {0}), steps = n.constant_integers(4, "steps", {1});
    if (axes.size() != 1 || steps != std::vector{dim{1}}) {
        throw unsupported("the data decide where the slice begins or ends: it must be along one axis, in steps of 1");
    }
    const int axis = n.axis(axes[0], x->type.shape.rank);
    const dim capacity = n.capacity(0, x->type.shape[axis]);
    n.set_result(0, sliced_at_run_time(n, x, axis, n.required_operand(1), n.required_operand(2), capacity));
}

void import_slice(source_node& n)
{
    const shape& x = n.type(0).shape;
    if (n.opset() < 10 ? !n.has("starts") || !n.has("ends") : !n.operand(1) || !n.operand(2)) {
        throw unsupported("'starts' or 'ends' is missing");
    }
    if (is_slice_at_run_time(n)) {
        return import_slice_at_run_time(n);
    }
    const std::vector<dim> starts = n.integers_or_operand("starts", 1, 10), ends = n.integers_or_operand("ends", 2, 10);
    std::vector<dim> all(starts.size());
    std::iota(all.begin(), all.end(), 0);
    const std::vector<dim> axes = n.integers_or_operand("axes", 3, 10, all);
    const std::vector<dim> steps = n.opset() < 10 ? std::vector<dim>(starts.size(), 1)
                                                  : n.constant_integers(4, "steps", std::vector<dim>(starts.size(), 1));
    if (ends.size() != starts.size() || axes.size() != starts.size() || steps.size() != starts.size()) {
        throw unsupported("starts, ends, axes and steps differ in length: {}, {}, {}, {}", starts.size(), ends.size(),
            axes.size(), steps.size());
    }
    slice_attributes a = everything(x);
    shape ones;
    for (int axis = 0; axis < x.rank; ++axis) {
        ones.append(1);
    }
    a.steps = ones;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const int axis = n.axis(axes[i], x.rank);
        narrow(a, axis, x[axis], starts[i], ends[i], steps[i]);
    }
    if (a.steps == ones) {
        a.steps = {};
    }
    n.set_result(0, sliced(n, n.required_operand(0), a));
}

/// Splits an extent into equal parts; since opset 18, the last may be smaller.
std::vector<dim> equal_parts(const source_node& n, dim extent)
{
    const auto count = static_cast<dim>(n.result_count());
    if (n.opset() >= 18 && n.integer("num_outputs", count) != count) {
        throw unsupported(
            "attribute 'num_outputs' is {}, but there are {} outputs", n.integer("num_outputs", count), count);
    }
    if (count == 0 || (n.opset() < 18 && extent % count != 0)) {
        throw unsupported("an extent of {} does not divide into {} parts", extent, count);
    }
    const dim part = (extent + count - 1) / count;
    std::vector<dim> parts;
    for (dim k = 0; k < count; ++k) {
        parts.push_back(std::clamp(extent - k * part, dim{0}, part));
    }
    return parts;
}

void import_split(source_node& n)
{
    value* x = n.required_operand(0);
    const int axis = n.axis(n.integer("axis", 0), x->type.shape.rank);
    const dim extent = x->type.shape[axis];
    std::vector<dim> parts = n.integers_or_operand("split", 1, 13);
    if (n.opset() == 1 && parts.empty()) {
        parts = n.constant_integers(1, "split");
    }
    if (parts.empty()) {
        parts = equal_parts(n, extent);
    }
    if (parts.size() != n.result_count()) {
        throw unsupported("{} parts for {} outputs", parts.size(), n.result_count());
    }
    require_parts(parts, extent);
    slice_attributes a = everything(x->type.shape);
    dim start = 0;
    for (std::size_t k = 0; k < parts.size(); ++k) {
        a.starts[axis] = start;
        a.ends[axis] = start += parts[k];
        if (n.has_output(k)) {
            n.set_result(k, sliced(n, x, a));
        }
    }
}

}  // namespace

void add_slice(operator_table& table)
{
    table.add<slice_spec>("Slice", {1, 10, 11, 13}, import_slice,
        "`axes` and `steps` are constant; so are `starts` and `ends`, but along one axis, where the result is padded "
        "to "
        "the axis, or to --bound");
    table.add<slice_spec>("Split", {1, 2, 11, 13, 18}, import_split, "`split` is constant");
}

}  // namespace cameo::generator
