// Imports Det of small matrices by Laplace expansion along the first row.
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include <cameo/op/elementwise.hpp>

namespace cameo::generator {

namespace {

/// Expands along the first row: each element times the determinant of the matrix without its row and column, with
/// alternating signs.
value* determinant(source_node& n, const std::vector<std::vector<value*>>& rows)
{
    if (rows.size() == 1) {
        return rows[0][0];
    }
    value* sum = nullptr;
    for (std::size_t column = 0; column < rows.size(); ++column) {
        std::vector<std::vector<value*>> rest(rows.begin() + 1, rows.end());
        for (auto& row : rest) {
            row.erase(row.begin() + static_cast<std::ptrdiff_t>(column));
        }
        value* term = n.compute(mul(operand<0>, operand<1>), {rows[0][column], determinant(n, rest)});
        const elementwise_expression next = column % 2 ? sub(operand<0>, operand<1>) : add(operand<0>, operand<1>);
        sum = sum ? n.compute(next, {sum, term}) : term;
    }
    return sum;
}

void import_det(source_node& n)
{
    const shape& x = n.type(0).shape;
    const dim extent = x.rank < 2 ? 0 : x[x.rank - 1];
    if (!is_floating(n.type(0).element) || extent < 1 || extent > 3 || x[x.rank - 2] != extent) {
        throw unsupported("the input must hold square matrices of up to 3 x 3 floats, found {}", to_string(n.type(0)));
    }
    shape batch;
    for (int axis = 0; axis < x.rank - 2; ++axis) {
        batch.append(x[axis]);
    }
    std::vector<std::vector<value*>> rows(index(extent));
    for (dim i = 0; i < extent; ++i) {
        for (dim j = 0; j < extent; ++j) {
            rows[index(i)].push_back(n.reshaped(
                sliced(n, sliced(n, n.required_operand(0), x.rank - 2, i, i + 1), x.rank - 1, j, j + 1), batch));
        }
    }
    n.set_result(0, determinant(n, rows));
}

}  // namespace

void add_det(operator_table& table)
{
    table.add<floating_elements, elementwise_spec>("Det", {11, 22}, import_det, "matrices of up to 3 x 3");
}

}  // namespace cameo::generator
