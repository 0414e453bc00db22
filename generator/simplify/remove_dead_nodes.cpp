// Removes nodes whose results nothing reads, and optional results that nothing reads.
#include "simplify/rewrites.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

/// Drops results after the first that the operator declares optional. Those of BatchNormalization stay: they mean
/// training mode.
bool drop_results(source_graph& g, onnx::NodeProto& n)
{
    static const std::set<std::string> optional{"Dropout", "MaxPool", "LayerNormalization", "LSTM", "GRU", "RNN"};
    int count = n.output_size();
    if (!is_standard(n) || !optional.contains(n.op_type())) {
        return false;
    }
    while (count > 1 && !g.is_read(n.output(count - 1))) {
        --count;
    }
    if (count == n.output_size()) {
        return false;
    }
    g.edit(n, [&](onnx::NodeProto& m) { m.mutable_output()->DeleteSubrange(count, m.output_size() - count); });
    return true;
}

}  // namespace

/// Removes nodes and results that nothing reads.
bool remove_dead_nodes(source_graph& g)
{
    bool changed = false;
    for (auto n = g.nodes.rbegin(); n != g.nodes.rend(); ++n) {
        if (n->op_type().empty()) {
            continue;
        }
        const bool dead = std::none_of(
            n->output().begin(), n->output().end(), [&](const std::string& name) { return g.is_read(name); });
        if (dead) {
            g.remove(*n);
        }
        changed = dead || drop_results(g, *n) || changed;
    }
    return changed;
}

}  // namespace cameo::generator
