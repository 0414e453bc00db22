// Imports Reshape, Flatten, Squeeze and Unsqueeze: the same elements under another shape.
#include "import/operator_table.hpp"
#include <algorithm>
#include <cameo/op/reshape.hpp>

namespace cameo::generator {

namespace {

/// Imports Reshape: -1 stands for the remaining extent, 0 for the input's (unless allowzero).
void import_reshape(source_node& n)
{
    const shape& x = n.type(0).shape;
    const bool allow_zero = n.integer("allowzero", 0) != 0;
    shape to = to_shape(n.integers_or_operand("shape", 1, 5));
    dim known = 1;
    int unknown = -1;
    for (int axis = 0; axis < to.rank; ++axis) {
        if (to[axis] == 0 && !allow_zero) {
            if (axis >= x.rank) {
                throw unsupported("shape {}: 0 at axis {} copies an extent that the input {} does not have", axis, axis,
                    to_string(n.type(0)));
            }
            to[axis] = x[axis];
        }
        if (to[axis] == -1 && unknown < 0) {
            unknown = axis;
        } else if (to[axis] < 0) {
            throw unsupported("the shape has more than one unknown or a negative extent");
        } else {
            known = saturating_product(known, to[axis]);
        }
    }
    if (unknown >= 0) {
        if (known == 0 || x.count() % known != 0) {
            throw unsupported("{} elements do not divide into the shape", x.count());
        }
        to[unknown] = x.count() / known;
    }
    n.set_result(0, n.reshaped(n.required_operand(0), to));
}

void import_flatten(source_node& n)
{
    const shape& x = n.type(0).shape;
    const int axis = n.axis(n.integer("axis", 1), x.rank, true);
    n.set_result(0, n.reshaped(n.required_operand(0), {x.count(0, axis), x.count(axis, x.rank)}));
}

std::vector<int> axes(const source_node& n, int rank)
{
    std::vector<int> all;
    for (const dim a : n.integers_or_operand("axes", 1, 13)) {
        all.push_back(n.axis(a, rank));
    }
    std::sort(all.begin(), all.end());
    if (std::adjacent_find(all.begin(), all.end()) != all.end()) {
        throw unsupported("an axis is given twice");
    }
    return all;
}

void import_squeeze(source_node& n)
{
    const shape& x = n.type(0).shape;
    const std::vector<int> given = axes(n, x.rank);
    shape to;
    for (int axis = 0; axis < x.rank; ++axis) {
        const bool named = std::find(given.begin(), given.end(), axis) != given.end();
        if (named && x[axis] != 1) {
            throw unsupported("axis {} of {} is not 1", axis, to_string(n.type(0)));
        }
        if (!named && (!given.empty() || x[axis] != 1)) {
            to.append(x[axis]);
        }
    }
    n.set_result(0, n.reshaped(n.required_operand(0), to));
}

void import_unsqueeze(source_node& n)
{
    const shape& x = n.type(0).shape;
    const int rank = x.rank + static_cast<int>(n.integers_or_operand("axes", 1, 13).size());
    if (rank > max_rank) {
        throw unsupported("rank {}, at most {} is supported", rank, max_rank);
    }
    const std::vector<int> given = axes(n, rank);
    shape to;
    for (int axis = 0, from = 0; axis < rank; ++axis) {
        to.append(std::find(given.begin(), given.end(), axis) != given.end() ? 1 : x[from++]);
    }
    n.set_result(0, n.reshaped(n.required_operand(0), to));
}

}  // namespace

void add_reshape(operator_table& table)
{
    table.add<reshape_spec>("Reshape", {1, 5, 13, 14, 19, 21, 23, 24, 25}, import_reshape, "`shape` is constant");
    table.add<reshape_spec>("Flatten", {1, 9, 11, 13, 21, 23, 24, 25}, import_flatten);
    table.add<reshape_spec>("Squeeze", {1, 11, 13, 21, 23, 24, 25}, import_squeeze, "`axes` is constant");
    table.add<reshape_spec>("Unsqueeze", {1, 11, 13, 21, 23, 24, 25}, import_unsqueeze, "`axes` is constant");
}

}  // namespace cameo::generator
