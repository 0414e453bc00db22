// Imports Compress, whose result has a fixed capacity unless the condition is constant.
#include "import/operator_table.hpp"
#include <algorithm>
#include <cameo/op/compress.hpp>

namespace cameo::generator {

namespace {

/// Sizes the result exactly if the condition is constant; otherwise gives it a capacity and a count.
void import_compress(source_node& n)
{
    value *x = n.required_operand(0), *condition = n.required_operand(1);
    if (!n.has("axis")) {
        x = n.reshaped(x, {x->type.shape.count()});
    }
    compress_attributes a{n.axis(n.integer("axis", 0), x->type.shape.rank), 0};
    if (const tensor* known = n.constant_or_null(1)) {
        const auto all = known->as<bool>();
        a.capacity = std::count(all.begin(), all.end(), true);
        return n.set_result(0, n.add<compress_spec>(a, {x, condition})[0]);
    }
    a.capacity = n.capacity(0, condition->type.shape.count());
    const std::vector<value*> results = n.add<compress_spec>(a, {x, condition}, 2);
    results[0]->extent = {a.axis, results[1]};
    n.set_result(0, results[0]);
}

}  // namespace

void add_compress(operator_table& table)
{
    table.add<compress_spec>(
        "Compress", {9, 11, 28}, import_compress, "the result is padded to the most that there can be, or to --bound");
}

}  // namespace cameo::generator
