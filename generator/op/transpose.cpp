// Imports Transpose, and DepthToSpace and SpaceToDepth as a transpose between two reshapes.
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include <cameo/op/transpose.hpp>

namespace cameo::generator {

namespace {

/// Tells whether the axes with more than one element keep their order.
bool keeps_order(const shape& x, const shape& permutation)
{
    int last = -1;
    for (int axis = 0; axis < permutation.rank; ++axis) {
        const auto from = static_cast<int>(permutation[axis]);
        if (x[from] == 1) {
            continue;
        }
        if (from < last) {
            return false;
        }
        last = from;
    }
    return true;
}

}  // namespace

value* transposed(source_node& n, value* x, const shape& permutation)
{
    const transpose_spec spec{{permutation}, x->type};
    if (check(spec) == transpose_problem::none && keeps_order(x->type.shape, permutation)) {
        return n.reshaped(x, result(spec).shape);
    }
    return n.add<transpose_spec>({permutation}, {x})[0];
}

namespace {

void import_transpose(source_node& n)
{
    const int rank = n.type(0).shape.rank;
    std::vector<dim> reversed;
    for (int axis = rank - 1; axis >= 0; --axis) {
        reversed.push_back(axis);
    }
    n.set_result(0, transposed(n, n.required_operand(0), to_shape(n.integers("perm", reversed))));
}

const shape& image(const source_node& n)
{
    const shape& x = n.type(0).shape;
    if (x.rank != 4) {
        throw unsupported("expected an input of 4 axes (N, C, H, W), found {}", to_string(n.type(0)));
    }
    return x;
}

dim block_size(const source_node& n)
{
    const dim size = n.integer("blocksize", 0);
    if (size < 1 || size > max_count) {
        throw unsupported("attribute 'blocksize' must be positive, found {}", size);
    }
    return size;
}

/// Reads the mode of DepthToSpace. In DCR, channels are ordered by block row, block column and image channel; in CRD,
/// the image channel comes first.
bool channel_first(const source_node& n)
{
    const std::string mode = n.text("mode", "DCR");
    if (mode != "DCR" && mode != "CRD") {
        throw unsupported("attribute 'mode' must be DCR or CRD");
    }
    return mode == "CRD";
}

void import_depth_to_space(source_node& n)
{
    const shape& x = image(n);
    const dim b = block_size(n);
    if (x[1] % b != 0 || x[1] / b % b != 0) {
        throw unsupported("{} channels do not divide into blocks of {} x {}", x[1], b, b);
    }
    const dim channels = x[1] / b / b;
    const bool first = channel_first(n);
    value* blocks = n.reshaped(n.required_operand(0),
        first ? shape{x[0], channels, b, b, x[2], x[3]} : shape{x[0], b, b, channels, x[2], x[3]});
    value* spread = transposed(n, blocks, first ? shape{0, 1, 4, 2, 5, 3} : shape{0, 3, 4, 1, 5, 2});
    n.set_result(0, n.reshaped(spread, {x[0], channels, x[2] * b, x[3] * b}));
}

void import_space_to_depth(source_node& n)
{
    const shape& x = image(n);
    const dim b = block_size(n);
    if (x[2] % b != 0 || x[3] % b != 0) {
        throw unsupported("{} x {} does not divide into blocks of {} x {}", x[2], x[3], b, b);
    }
    value* blocks = n.reshaped(n.required_operand(0), {x[0], x[1], x[2] / b, b, x[3] / b, b});
    value* gathered = transposed(n, blocks, channel_first(n) ? shape{0, 1, 3, 5, 2, 4} : shape{0, 3, 5, 1, 2, 4});
    n.set_result(0, n.reshaped(gathered, {x[0], x[1] * b * b, x[2] / b, x[3] / b}));
}

}  // namespace

void add_transpose(operator_table& table)
{
    table.add<transpose_spec>("Transpose", {1, 13, 21, 23, 24, 25}, import_transpose);
    table.add<transpose_spec>("DepthToSpace", {1, 11, 13, 28}, import_depth_to_space);
    table.add<transpose_spec>("SpaceToDepth", {1, 13, 28}, import_space_to_depth);
}

}  // namespace cameo::generator
