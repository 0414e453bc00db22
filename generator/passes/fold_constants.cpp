#include "import/graph_builder.hpp"
#include "passes/passes.hpp"

namespace cameo::generator {

/// Evaluates every node whose operands are constant.
void fold_constants(graph& g)
{
    std::erase_if(g.nodes, [](const auto& n) {
        if (!fold(*n)) return false;
        for (value* v : n->results)
            if (v) v->producer = nullptr;
        return true;
    });
}

}  // namespace cameo::generator
