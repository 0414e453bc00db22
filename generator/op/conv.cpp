// Imports Conv, and reads the attributes that it shares with quantized convolutions.
#include "op/conv.hpp"
#include "import/operator_table.hpp"
#include "import/window.hpp"
#include <cameo/op/conv.hpp>

namespace cameo::generator {

conv_attributes import_convolution(source_node& n, const shape& x, const shape& w)
{
    conv_attributes a;
    if (x.rank >= 3 && w.rank == x.rank) {
        a.window = import_window(n, spatial(x), spatial(w));
    }
    a.group = n.integer("group", 1);
    if (a.group < 1) {
        throw unsupported("attribute 'group' must be positive");
    }
    return with_settled_window(n, conv_spec{a, {element::float32, x}, {element::float32, w}});
}

namespace {

void import_conv(source_node& n)
{
    n.become<conv_spec>(import_convolution(n, n.type(0).shape, n.type(1).shape), n.operands());
}

}  // namespace

void add_conv(operator_table& table) { table.add<conv_spec>("Conv", {1, 11, 22}, import_conv); }

}  // namespace cameo::generator
