// Imports MatMul, as one Gemm if the right operand is a single matrix, and FusedMatMul, which transposes and scales.
#include "import/axes.hpp"
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include "op/microsoft_domain.hpp"
#include <algorithm>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/gemm.hpp>
#include <cameo/op/matmul.hpp>

namespace cameo::generator {

value* times_matrix(source_node& n, value* a, value* b, const gemm_attributes& how, value* c)
{
    shape y = a->type.shape;
    const dim inner = y[y.rank - 1];
    value* rows = n.reshaped(a, {y.count(0, y.rank - 1), inner});
    y[y.rank - 1] = b->type.shape[how.transpose_b ? 0 : 1];
    return n.reshaped(n.add<gemm_spec>(how, {rows, b, c})[0], y);
}

/// Multiplies two values. A vector is a row on the left and a column on the right; the result lacks the axis that this
/// adds.
value* product(source_node& n, value* a, value* b)
{
    require_one_element_type(a->type, b->type);
    const bool row = a->type.shape.rank == 1, column = b->type.shape.rank == 1;
    if (row) {
        a = n.reshaped(a, {1, a->type.shape[0]});
    }
    if (column) {
        b = n.reshaped(b, {b->type.shape[0], 1});
    }
    const bool one_matrix = a->type.shape.rank >= 2 && b->type.shape.rank == 2;
    value* y = one_matrix ? times_matrix(n, a, b) : n.add<matmul_spec>({}, {a, b})[0];
    if (column) {
        y = n.reshaped(y, without(y->type.shape, y->type.shape.rank - 1));
    }
    if (row) {
        y = n.reshaped(y, without(y->type.shape, y->type.shape.rank - (column ? 1 : 2)));
    }
    return y;
}

namespace {

/// Returns operand k as a batch of matrices. `batch`: the first axis counts rows, which the file keeps in front of the
/// batch. `last`: the matrices are transposed.
value* matrices(source_node& n, std::size_t k, const char* batch, const char* last)
{
    value* v = n.required_operand(k);
    const int rank = v->type.shape.rank;
    shape order;
    for (int axis = 0; axis < rank; ++axis) {
        order.append(axis);
    }
    if (n.integer(batch, 0) != 0 && rank > 1) {
        std::rotate(order.extent.begin(), order.extent.begin() + 1, order.extent.begin() + rank - 1);
    }
    if (n.integer(last, 0) != 0 && rank > 1) {
        std::swap(order[rank - 2], order[rank - 1]);
    }
    return transposed(n, v, order);
}

/// Imports com.microsoft's FusedMatMul, and TransposeMatMul, which it was called before. A vector is not transposed.
void import_fused_matmul(source_node& n)
{
    const double alpha = n.number("alpha", 1);
    value* y = product(n, matrices(n, 0, "transBatchA", "transA"), matrices(n, 1, "transBatchB", "transB"));
    n.set_result(0, alpha == 1 ? y : n.compute(mul(operand<0>, alpha), {y}));
}

}  // namespace

void add_matmul(operator_table& table)
{
    for (const char* name : {"FusedMatMul", "TransposeMatMul"}) {
        table.add_of_domain<floating_elements, matmul_spec, gemm_spec>(
            microsoft_domain, name, {1}, import_fused_matmul);
    }
    table.add<matmul_spec, gemm_spec>("MatMul", {1, 9, 13},
        [](source_node& n) { n.set_result(0, product(n, n.required_operand(0), n.required_operand(1))); });
}

}  // namespace cameo::generator
