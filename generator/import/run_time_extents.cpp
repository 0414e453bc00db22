// Propagates axes whose extent depends on the data (NonZero, Loop) through operators, and refuses those that cannot.
#include "import/run_time_extents.hpp"
#include "import/source_node.hpp"

namespace cameo::generator {

namespace {

/// Operand k of a node, if the data decide how much of it is there.
const value* filled_in_part(const node& n, std::size_t k)
{
    return n.operands()[k] && n.operands()[k]->extent ? n.operands()[k] : nullptr;
}

axis_flow flow_of_axis(const node& n, std::size_t k, int axis)
{
    const operation::types types = n.operand_types();
    return n.op->flow(types, static_cast<int>(k), {.axis = axis, .extent = types[k].shape[axis]});
}

/// The axis of the only result in which the axes of all such operands stay whole; nothing where there is none, or where
/// another operand has elements of its own along it.
std::optional<int> axis_of_result(const node& n)
{
    if (n.results().size() > 1) {
        return std::nullopt;
    }
    std::optional<int> found;
    for (std::size_t k = 0; k < n.operands().size(); ++k) {
        if (const value* v = filled_in_part(n, k)) {
            const axis_flow f = flow_of_axis(n, k, v->extent->axis);
            const bool stays = f.flow == flow::preserved || f.flow == flow::repeated;
            if (!stays || !f.to.is_whole_axis() || (found && *found != f.to.axis)) {
                return std::nullopt;
            }
            found = f.to.axis;
        }
    }
    for (std::size_t k = 0; k < n.operands().size(); ++k) {
        const value* v = n.operands()[k];
        for (int axis = 0; v && !v->extent && axis < v->type.shape.rank; ++axis) {
            const axis_flow f = flow_of_axis(n, k, axis);
            if (f.flow == flow::preserved && f.to.axis == *found) {
                return std::nullopt;
            }
        }
    }
    return found;
}

}  // namespace

void spread_extent(const node& n)
{
    const value* first = nullptr;
    for (const value* v : n.operands()) {
        if (!v || !v->extent) {
            continue;
        }
        if (first && v->extent->count != first->extent->count) {
            throw unsupported(
                "operands '{}' and '{}' have axes whose extents the data decide, each by itself", first->name, v->name);
        }
        first = v;
    }
    if (!first) {
        return;
    }
    const std::optional<int> axis = axis_of_result(n);
    if (!axis) {
        throw unsupported("the data decide how much of axis {} of operand '{}' ({}) is there, and it is not known how "
                          "this operator works on part of that axis",
            first->extent->axis, first->name, to_string(first->type));
    }
    n.result()->extent = {*axis, first->extent->count};
}

}  // namespace cameo::generator
