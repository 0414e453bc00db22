// Imports Conv, and FusedConv, which adds an operand and applies an activation; reads the attributes that they share
// with quantized convolutions.
#include "op/conv.hpp"
#include "import/activations.hpp"
#include "import/operator_table.hpp"
#include "import/window.hpp"
#include "op/composition.hpp"
#include "op/microsoft_domain.hpp"
#include <cameo/op/conv.hpp>
#include <cameo/op/elementwise.hpp>

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

/// Reads the activation of FusedConv, whose constants are a list in the order of its operator's attributes.
elementwise_expression fused_activation(const source_node& n)
{
    const std::string name = n.text("activation", "");
    std::vector<double> constants = n.numbers("activation_params");
    if (name.empty()) {
        return operand<0>;
    }
    if (name == "Clip") {
        if (constants.size() != 2) {
            throw unsupported("activation 'Clip' needs two activation_params, found {}", constants.size());
        }
        return clip(operand<0>, constants[0], constants[1]);
    }
    std::vector<double> beta;
    if (constants.size() > 1) {
        beta.assign(constants.begin() + 1, constants.end());
        constants.resize(1);
    }
    return activation_list(name, constants, beta).next("");
}

void import_fused_conv(source_node& n)
{
    const conv_attributes a = import_convolution(n, n.type(0).shape, n.type(1).shape);
    value* y = n.add<conv_spec>(a, {n.required_operand(0), n.required_operand(1), n.operand(2)})[0];
    if (value* further = n.operand(3)) {
        if (further->type != y->type) {
            throw unsupported("operand 3 is added to the result: expected {}, found {}", to_string(y->type),
                to_string(further->type));
        }
        y = sum(n, y, further);
    }
    n.set_result(0, n.compute(fused_activation(n), {y}));
}

}  // namespace

void add_conv(operator_table& table)
{
    table.add<conv_spec>("Conv", {1, 11, 22}, import_conv);
    table.add_of_domain<conv_spec>(microsoft_domain, "FusedConv", {1}, import_fused_conv);
}

}  // namespace cameo::generator
