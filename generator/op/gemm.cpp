#include "graph/define_operation.hpp"
#include "import/operator_table.hpp"
#include <cameo/op/gemm.hpp>

namespace cameo::generator {

template class operation_of<gemm_spec>;

namespace {

void import_gemm(source_node& n)
{
    gemm_attributes a;
    a.alpha = n.number("alpha", 1);
    a.beta = n.number("beta", 1);
    a.transpose_a = n.integer("transA", 0) != 0;
    a.transpose_b = n.integer("transB", 0) != 0;
    n.become<gemm_spec>(a, n.operands());
}

}  // namespace

void add_gemm(operator_table& table) { table.add("Gemm", {7, 9, 11, 13}, import_gemm); }

}  // namespace cameo::generator
