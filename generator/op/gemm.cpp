// Imports Gemm.
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include "support/holds.hpp"
#include <cameo/op/gemm.hpp>

namespace cameo::generator {

namespace {

void import_gemm(source_node& n)
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

}  // namespace

void require_one_element_type(const tensor_type& a, const tensor_type& b)
{
    if (a.element != b.element) {
        throw unsupported("both matrices must have one element type, found {} and {}", to_string(a), to_string(b));
    }
}

void add_gemm(operator_table& table) { table.add<gemm_spec>("Gemm", {1, 6, 7, 9, 11, 13}, import_gemm); }

}  // namespace cameo::generator
