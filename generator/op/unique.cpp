// Imports Unique, whose results have a capacity and a common count.
#include "import/operator_table.hpp"
#include <cameo/op/unique.hpp>

namespace cameo::generator {

namespace {

void import_unique(source_node& n)
{
    value* x = n.required_operand(0);
    if (!n.has("axis")) {
        x = n.reshaped(x, {x->type.shape.count()});
    }
    const int axis = n.axis(n.integer("axis", 0), x->type.shape.rank);
    const unique_attributes a{axis, n.integer("sorted", 1) != 0, n.capacity(0, x->type.shape[axis])};
    const std::vector<value*> results = n.add<unique_spec>(a, {x}, 5);
    for (const std::size_t k : std::initializer_list<std::size_t>{0, 1, 3}) {
        results[k]->extent = {k == 0 ? axis : 0, results[4]};
    }
    for (std::size_t k = 0; k < 4; ++k) {
        n.set_result(k, results[k]);
    }
}

}  // namespace

void add_unique(operator_table& table)
{
    table.add<unique_spec>(
        "Unique", {11, 28}, import_unique, "the result is padded to the most that there can be, or to --bound");
}

}  // namespace cameo::generator
