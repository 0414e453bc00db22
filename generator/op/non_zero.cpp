// Imports NonZero, whose result has a capacity and a count unless the operand is constant.
#include "import/operator_table.hpp"
#include <cameo/op/non_zero.hpp>

namespace cameo::generator {

namespace {

/// Sizes the result exactly if the operand is constant; otherwise gives it a capacity and a count.
void import_non_zero(source_node& n)
{
    value* x = n.required_operand(0);
    if (const tensor* t = n.constant_or_null(0)) {
        const std::vector<double> all = numbers(*t);
        const dim count = std::ssize(all) - std::count(all.begin(), all.end(), 0.0);
        return n.set_result(0, n.add<non_zero_spec>({count}, {x})[0]);
    }
    const std::vector<value*> results = n.add<non_zero_spec>({n.capacity(0, x->type.shape.count())}, {x}, 2);
    results[0]->extent = {1, results[1]};
    n.set_result(0, results[0]);
}

}  // namespace

void add_non_zero(operator_table& table)
{
    table.add<non_zero_spec>(
        "NonZero", {9, 13}, import_non_zero, "the result is padded to the most that there can be, or to --bound");
}

}  // namespace cameo::generator
