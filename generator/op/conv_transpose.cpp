// Imports ConvTranspose.
#include "import/operator_table.hpp"
#include "import/window.hpp"
#include <cameo/op/conv_transpose.hpp>

namespace cameo::generator {

namespace {

void import_conv_transpose(source_node& n)
{
    const shape &x = n.type(0).shape, &w = n.type(1).shape;
    conv_transpose_attributes a;
    if (x.rank >= 3 && w.rank == x.rank) {
        a.window = import_transposed_window(n, spatial(x), spatial(w));
    }
    a.group = n.integer("group", 1);
    n.become<conv_transpose_spec>(a, n.operands());
}

}  // namespace

void add_conv_transpose(operator_table& table)
{
    table.add<conv_transpose_spec>("ConvTranspose", {1, 11, 22}, import_conv_transpose);
}

}  // namespace cameo::generator
