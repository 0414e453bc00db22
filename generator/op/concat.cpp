// Imports Concat, as a tree of layers if it has more operands than one layer takes.
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include <cameo/op/concat.hpp>

namespace cameo::generator {

/// As many as one layer takes at a time, then what these give.
value* concatenated(source_node& n, int axis, std::vector<value*> parts)
{
    while (parts.size() > 1) {
        std::vector<value*> wholes;
        for (auto first = parts.begin(); first != parts.end();) {
            const auto last =
                parts.end() - first > operand_list::capacity ? first + operand_list::capacity : parts.end();
            wholes.push_back(last - first == 1 ? *first : n.add<concat_spec>({axis}, {first, last})[0]);
            first = last;
        }
        parts = std::move(wholes);
    }
    return parts.front();
}

namespace {

void import_concat(source_node& n)
{
    if (n.opset() >= 4 && !n.has("axis")) {
        throw unsupported("attribute 'axis' is missing");
    }
    const int axis = n.axis(n.integer("axis", 1), n.type(0).shape.rank);
    for (std::size_t k = 0; k < n.operand_count(); ++k) {
        n.required_operand(k);
    }
    n.set_result(0, concatenated(n, axis, n.operands()));
}

}  // namespace

void add_concat(operator_table& table) { table.add<concat_spec>("Concat", {1, 4, 11, 13}, import_concat); }

}  // namespace cameo::generator
