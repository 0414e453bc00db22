// Transpose(Transpose(x)) → one Transpose, or x itself if the permutations cancel.
#include "simplify/rewrites.hpp"
#include <numeric>

namespace cameo::generator {

namespace {

bool merge_transpose(source_graph& g, onnx::NodeProto& second)
{
    if (!is(second, "Transpose")) {
        return false;
    }
    const onnx::NodeProto* first = g.producer(input_of(second, 0));
    if (!first || !is(*first, "Transpose")) {
        return false;
    }
    const std::vector<dim> inner = integers_attribute(*first, "perm"), outer = integers_attribute(second, "perm");
    if (inner.empty() || inner.size() != outer.size()) {
        return false;
    }
    std::vector<dim> both, unchanged(inner.size());
    for (const dim axis : outer) {
        both.push_back(inner.at(index(axis)));
    }
    std::iota(unchanged.begin(), unchanged.end(), 0);
    const std::string operand = input_of(*first, 0);
    if (both == unchanged && g.bypass(second, operand)) {
        return true;
    }
    g.edit(second, [&](onnx::NodeProto& n) {
        n.set_input(0, operand);
        set_attribute(n, "perm", both);
    });
    return true;
}

}  // namespace

/// Merges successive transposes into one.
bool merge_transposes(source_graph& g) { return at_each_node<merge_transpose>(g); }

}  // namespace cameo::generator
