// Imports Gelu, and com.microsoft's Gelu, BiasGelu and FastGelu, which optimizers write for it.
#include "import/operator_table.hpp"
#include "op/microsoft_domain.hpp"
#include <cameo/op/elementwise.hpp>

namespace cameo::generator {

namespace {

void import_gelu(source_node& n)
{
    const std::string approximate = n.text("approximate", "none");
    if (approximate != "none" && approximate != "tanh") {
        throw unsupported("attribute 'approximate' must be none or tanh");
    }
    n.set_result(
        0, n.compute(approximate == "tanh" ? gelu_tanh(operand<0>) : gelu(operand<0>), {n.required_operand(0)}));
}

/// Imports an activation of the sum of the input and a bias, if there is one.
template <const auto& Activation>
void import_biased(source_node& n)
{
    value *x = n.required_operand(0), *bias = n.operand(1);
    n.set_result(0,
        bias ? n.compute(Activation(add(operand<0>, operand<1>)), {x, bias}) : n.compute(Activation(operand<0>), {x}));
}

}  // namespace

void add_gelu(operator_table& table)
{
    table.add<functions::gelu>("Gelu", {20}, import_gelu);
    table.add_of_domain<functions::gelu>(microsoft_domain, "Gelu", {1}, import_biased<gelu>);
    table.add_of_domain<functions::gelu>(microsoft_domain, "BiasGelu", {1}, import_biased<gelu>);
    table.add_of_domain<functions::gelu_tanh>(microsoft_domain, "FastGelu", {1}, import_biased<gelu_tanh>);
}

}  // namespace cameo::generator
