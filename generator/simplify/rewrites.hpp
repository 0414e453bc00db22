// Declares the rewrites of `cameo simplify`, each of which has a file of its own.
#pragma once
#include "simplify/attributes.hpp"
#include "simplify/source_graph.hpp"

namespace cameo::generator {

struct rewrite {
    std::string_view name;       ///< for --skip-pass
    bool (*run)(source_graph&);  ///< did it change anything?
    bool fuses = false;          ///< left out by --no-fuse
};

const std::vector<rewrite>& rewrites();

bool inline_constant_ifs(source_graph& g);
bool lift_constants(source_graph& g);
bool fold_constants(source_graph& g);
bool remove_identities(source_graph& g);
bool merge_equal_nodes(source_graph& g);
bool merge_equal_initializers(source_graph& g);
bool merge_reshapes(source_graph& g);
bool merge_transposes(source_graph& g);
bool merge_concats(source_graph& g);
bool merge_factors(source_graph& g);
bool fuse_pads(source_graph& g);
bool fuse_gemm(source_graph& g);
bool fuse_scale_shift(source_graph& g);
bool remove_dead_nodes(source_graph& g);

/// A rewrite that tries each node in turn. `apply` may remove any node.
template <bool (*Apply)(source_graph&, onnx::NodeProto&)>
bool at_each_node(source_graph& g)
{
    bool changed = false;
    for (auto& n : g.nodes) {
        if (!n.op_type().empty() && n.output_size()) {
            changed |= Apply(g, n);
        }
    }
    return changed;
}

}  // namespace cameo::generator
