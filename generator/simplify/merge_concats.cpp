// Concat(a, Concat(b, c)) → Concat(a, b, c) along the same axis.
#include "simplify/rewrites.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

/// Tells whether both concatenate along the same axis. A negative axis is known only together with the rank.
bool join_along_one_axis(const source_graph& g, const onnx::NodeProto& a, const onnx::NodeProto& b)
{
    const auto axis = [&](const onnx::NodeProto& n) {
        const dim given = integer_attribute(n, "axis", 1);
        const auto type = g.known.type(n.output(0));
        return given < 0 && type ? given + std::ssize(type->extents) : given;
    };
    return axis(a) == axis(b);
}

bool merge_operands(source_graph& g, onnx::NodeProto& n)
{
    if (!is(n, "Concat")) {
        return false;
    }
    for (int k = 0; k < n.input_size(); ++k) {
        onnx::NodeProto* inner = g.sole_producer(input_of(n, k));
        if (!inner || !is(*inner, "Concat") || !join_along_one_axis(g, *inner, n)) {
            continue;
        }
        std::vector<std::string> operands(n.input().begin(), n.input().end());
        if (std::count(operands.begin(), operands.end(), input_of(n, k)) != 1) {
            continue;
        }
        operands.erase(operands.begin() + k);
        operands.insert(operands.begin() + k, inner->input().begin(), inner->input().end());
        g.remove(*inner);
        g.edit(n, [&](onnx::NodeProto& m) { m.mutable_input()->Assign(operands.begin(), operands.end()); });
        return true;
    }
    return false;
}

}  // namespace

/// Merges a Concat into the Concat that is its only reader, if both have the same axis.
bool merge_concats(source_graph& g) { return at_each_node<merge_operands>(g); }

}  // namespace cameo::generator
