#include "import/graph_builder.hpp"
#include "passes/passes.hpp"
#include <cameo/op/dequantize_linear.hpp>

namespace cameo::generator {

namespace {

void fold_where(graph& g, bool (*wanted)(const node&))
{
    std::erase_if(g.nodes, [&](const auto& n) {
        if (!wanted(*n) || !fold(*n, *g.left)) {
            return false;
        }
        for (value* v : n->results) {
            if (v) {
                v->producer = nullptr;
            }
        }
        return true;
    });
}

}  // namespace

/// Evaluates every node whose operands are constant, but for the weights that integer operators take as they are.
void fold_constants(graph& g)
{
    fold_where(g, [](const node& n) { return !n.attributes_of<dequantize_linear_spec>(); });
}

/// The same with the weights that no integer operator took.
void fold_weights(graph& g)
{
    fold_where(g, [](const node&) { return true; });
}

}  // namespace cameo::generator
