// Imports DeformConv as taps at moved places, multiplied by the filters.
#include "import/channels.hpp"
#include "import/operator_table.hpp"
#include "import/window.hpp"
#include "op/composition.hpp"
#include <cameo/op/deformable_unfold.hpp>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/matmul.hpp>

namespace cameo::generator {

namespace {

void import_deform_conv(source_node& n)
{
    value *x = n.required_operand(0), *w = n.required_operand(1), *offset = n.required_operand(2);
    const shape &of_x = x->type.shape, &of_w = w->type.shape;
    const dim group = n.integer("group", 1);
    if (of_x.rank < 3 || of_w.rank != of_x.rank || group < 1 || of_w[0] % group != 0 || of_x[1] % group != 0 ||
        of_w[1] != of_x[1] / group) {
        throw unsupported(
            "input, filters and {} groups do not fit together: {}, {}", group, to_string(x->type), to_string(w->type));
    }
    deformable_unfold_attributes a{
        .window = import_window(n, spatial(of_x), spatial(of_w)), .offset_groups = n.integer("offset_group", 1)};
    a.window.kernel_shape = spatial(of_w);
    if (n.has("auto_pad")) {
        throw unsupported("attribute 'auto_pad' is not known");
    }
    value* taps = n.add<deformable_unfold_spec>(a, {x, offset, n.operand(4)})[0];
    const dim places = taps->type.shape[3], rows = of_w[1] * taps->type.shape[2];
    value* y =
        product(n, n.reshaped(w, {group, of_w[0] / group, rows}), n.reshaped(taps, {of_x[0], group, rows, places}));
    shape to = offset->type.shape;
    to[1] = of_w[0];
    y = n.reshaped(y, to);
    if (n.operand(3)) {
        y = sum(n, y, along(n, 3, then_ones({of_w[0]}, to.rank - 1)));
    }
    n.set_result(0, y);
}

}  // namespace

void add_deform_conv(operator_table& table)
{
    table.add<deformable_unfold_spec, matmul_spec, elementwise_spec>("DeformConv", {19, 22}, import_deform_conv);
}

}  // namespace cameo::generator
