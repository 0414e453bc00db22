// Nodes whose operands are all constant → their results as constants, within the budget for work and memory.
#include "import/graph_builder.hpp"
#include "passes/fuse.hpp"
#include "passes/passes.hpp"
#include <cameo/op/dequantize_linear.hpp>

namespace cameo::generator {

namespace {

void fold_where(graph& g, bool (*wanted)(const node&))
{
    each_node(g, [&](node& n) {
        if (wanted(n) && fold(n, *g.left)) {
            g.erase(n);
        }
    });
}

}  // namespace

/// Evaluates every node whose operands are constant, except dequantized weights, which integer operators may take as
/// bytes.
void fold_constants(graph& g)
{
    fold_where(g, [](const node& n) { return !n.attributes_of<dequantize_linear_spec>(); });
}

/// Evaluates the remaining dequantized weights, which no integer operator took.
void fold_weights(graph& g)
{
    fold_where(g, [](const node&) { return true; });
}

}  // namespace cameo::generator
