#include "graph/define_operation.hpp"
#include "import/composition.hpp"
#include "import/operator_table.hpp"
#include <cameo/op/gemm.hpp>
#include <cameo/op/matmul.hpp>

namespace cameo::generator {

template class operation_of<matmul_spec>;

namespace {

/// With a single matrix on the right, all rows on the left make one matrix.
value* times_matrix(source_node& n, value* a, value* b)
{
    shape y = a->type.shape;
    const dim inner = y[y.rank - 1];
    value* rows = n.reshaped(a, {y.count(0, y.rank - 1), inner});
    value* product = n.add<gemm_spec>({}, {rows, b})[0];
    y[y.rank - 1] = b->type.shape[1];
    return n.reshaped(product, y);
}

}  // namespace

value* product(source_node& n, value* a, value* b)
{
    const bool one_matrix = a->type.shape.rank >= 2 && b->type.shape.rank == 2;
    return one_matrix ? times_matrix(n, a, b) : n.add<matmul_spec>({}, {a, b})[0];
}

namespace {

shape without(const shape& s, int axis)
{
    shape rest;
    for (int i = 0; i < s.rank; ++i)
        if (i != axis) rest.append(s[i]);
    return rest;
}

/// Operands of one axis are a row on the left and a column on the right; the result does not have the axis that this adds.
void import_matmul(source_node& n)
{
    value *a = n.need(0), *b = n.need(1);
    const bool row = a->type.shape.rank == 1, column = b->type.shape.rank == 1;
    if (row) a = n.reshaped(a, {1, a->type.shape[0]});
    if (column) b = n.reshaped(b, {b->type.shape[0], 1});
    value* y = product(n, a, b);
    if (column) y = n.reshaped(y, without(y->type.shape, y->type.shape.rank - 1));
    if (row) y = n.reshaped(y, without(y->type.shape, y->type.shape.rank - (column ? 1 : 2)));
    n.set_result(0, y);
}

}  // namespace

void add_matmul(operator_table& table) { table.add("MatMul", {1, 9, 13}, import_matmul); }

}  // namespace cameo::generator
