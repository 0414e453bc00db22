// Imports MaxUnpool, whose result has the shape of output_shape, or of the smallest input that has these windows.
#include "import/indices.hpp"
#include "import/operator_table.hpp"
#include "import/window.hpp"
#include <cameo/op/max_unpool.hpp>

namespace cameo::generator {

namespace {

/// Returns the spatial extents of output_shape, which must agree with the input otherwise. It may be smaller than what
/// kernel_shape and strides cover: ONNX then lets it determine the pads.
shape given_extents(const source_node& n)
{
    const shape &x = n.type(0).shape, given = to_shape(n.constant_integers(2, "output_shape"));
    if (given.rank != x.rank || given[0] != x[0] || given[1] != x[1]) {
        throw unsupported("'output_shape' must have the axes, the batch and the channels of the input, found {} for {}",
            to_string(tensor_type{n.type(0).element, given}), to_string(n.type(0)));
    }
    return spatial(given);
}

/// Returns stride (extent - 1) + kernel - pads for each spatial axis.
shape inferred_extents(const window& w, const shape& inputs, const shape& kernel)
{
    shape extents;
    for (int a = 0; a < inputs.rank; ++a) {
        extents.append(w.transposed(a, inputs[a], kernel[a]) - w.pad_begin(a) - w.pad_end(a));
    }
    return extents;
}

void import_max_unpool(source_node& n)
{
    if (n.has("auto_pad") || n.has("dilations")) {
        throw unsupported("attributes 'auto_pad' and 'dilations' belong to MaxPool, not to MaxUnpool");
    }
    const shape &x = n.type(0).shape, inputs = spatial(x), kernel = to_shape(n.integers("kernel_shape"));
    const window w = import_window(n, inputs, kernel);
    const shape extents = n.operand(2) ? given_extents(n) : inferred_extents(w, inputs, kernel);
    n.become<max_unpool_spec>({extents}, {n.required_operand(0), n.required_operand(1)});
    require_indices_inside(*n.required_operand(1), {saturating_product(x[0], x[1], extents.count())});
}

}  // namespace

void add_max_unpool(operator_table& table)
{
    table.add<max_unpool_spec>("MaxUnpool", {9, 11, 22}, import_max_unpool, "`output_shape` is constant");
}

}  // namespace cameo::generator
