// Imports Gemm, and FusedGemm, which is followed by an activation.
#include "import/activations.hpp"
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include "op/microsoft_domain.hpp"
#include "support/holds.hpp"
#include <cameo/op/gemm.hpp>

namespace cameo::generator {

namespace {

gemm_attributes attributes_of(const source_node& n)
{
    gemm_attributes a;
    a.alpha = n.number("alpha", 1);
    a.beta = n.number("beta", 1);
    const element type = n.type(0).element;
    require_one_element_type(n.type(0), n.type(1));
    if (!is_floating(type) && !(holds(type, a.alpha) && holds(type, a.beta))) {
        throw unsupported("attributes 'alpha' and 'beta' must be {} as the operands are, found {} and {}",
            to_string(type), a.alpha, a.beta);
    }
    a.transpose_a = n.integer("transA", 0) != 0;
    a.transpose_b = n.integer("transB", 0) != 0;
    return a;
}

void import_gemm(source_node& n)
{
    const gemm_attributes a = attributes_of(n);
    if (n.opset() < 7 && n.integer("broadcast", 0) == 0) {
        const shape y = result(gemm_spec{a, n.type(0), n.type(1)}).shape;
        if (n.type(2).shape != y) {
            throw unsupported("before opset 7, operand 2 must have the shape of the result where attribute 'broadcast' "
                              "is 0, found {}",
                to_string(n.type(2)));
        }
    }
    n.become<gemm_spec>(a, n.operands());
}

void import_fused_gemm(source_node& n)
{
    value* y = n.add<gemm_spec>(attributes_of(n), n.operands())[0];
    if (const std::string name = n.text("activation", ""); !name.empty()) {
        const auto constant = [&](const char* attribute) {
            return n.has(attribute) ? std::vector{n.number(attribute, 0)} : std::vector<double>{};
        };
        activation_list activations(name, constant("activation_alpha"), constant("activation_beta"));
        y = n.compute(activations.next(""), {y});
    }
    n.set_result(0, y);
}

}  // namespace

void require_one_element_type(const tensor_type& a, const tensor_type& b)
{
    if (a.element != b.element) {
        throw unsupported("both matrices must have one element type, found {} and {}", to_string(a), to_string(b));
    }
}

void add_gemm(operator_table& table)
{
    table.add<gemm_spec>("Gemm", {1, 6, 7, 9, 11, 13}, import_gemm);
    table.add_of_domain<floating_elements, gemm_spec>(microsoft_domain, "FusedGemm", {1}, import_fused_gemm);
}

}  // namespace cameo::generator
