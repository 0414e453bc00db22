// Reads the trees of TreeEnsembleRegressor and TreeEnsembleClassifier, whose nodes are numbered.
#include "op/forest.hpp"
#include <cameo/core/type_name.hpp>

namespace cameo::generator {

namespace {

/// The nodes of the older operators, by their trees and numbers.
class numbered_nodes {
public:
    explicit numbered_nodes(const source_node& n) : trees_(n.integers("nodes_treeids"))
    {
        numbers_ = integers_for(n, "nodes_nodeids", trees_.size());
        const std::vector<std::string> modes = n.texts("nodes_modes");
        require_length("nodes_modes", modes.size(), trees_.size());
        for (std::size_t i = 0; i < trees_.size(); ++i) {
            const dim target = modes[i] == "LEAF" ? -++leaves_ : branches_++;
            if (!targets_.emplace(std::pair(trees_[i], numbers_[i]), target).second) {
                throw unsupported("there are two nodes {} of tree {}", numbers_[i], trees_[i]);
            }
            modes_.push_back(target < 0 ? std::nullopt : std::optional(mode_of(modes[i])));
        }
    }

    dim target(dim tree, dim number) const
    {
        const auto found = targets_.find({tree, number});
        if (found == targets_.end()) {
            throw unsupported("there is no node {} of tree {}", number, tree);
        }
        return found->second;
    }
    dim leaves() const { return leaves_; }

    /// Reads the branches. The one node of a tree to which none leads is its root.
    void read(const source_node& n, forest& f) const
    {
        const std::size_t count = trees_.size();
        const std::vector<dim> features = integers_for(n, "nodes_featureids", count),
                               yes = integers_for(n, "nodes_truenodeids", count),
                               no = integers_for(n, "nodes_falsenodeids", count);
        const std::vector<double> values = numbers_or_tensor(n, "nodes_values");
        require_length("nodes_values", values.size(), count);
        const std::string tracks = "nodes_missing_value_tracks_true";
        const std::vector<dim> missing = n.has(tracks) ? integers_for(n, tracks, count) : std::vector<dim>(count);
        std::set<std::pair<dim, dim>> below;
        for (std::size_t i = 0; i < count; ++i) {
            if (modes_[i]) {
                const dim tree = trees_[i];
                f.branches.push_back({*modes_[i], features[i], values[i], {}, missing[i] != 0, target(tree, yes[i]),
                    target(tree, no[i])});
                below.insert({{tree, yes[i]}, {tree, no[i]}});
            }
        }
        std::set<dim> rooted;
        for (std::size_t i = 0; i < count; ++i) {
            if (!below.contains({trees_[i], numbers_[i]})) {
                f.roots.push_back(target(trees_[i], numbers_[i]));
                if (!rooted.insert(trees_[i]).second) {
                    throw unsupported("tree {} has more than one root", trees_[i]);
                }
            }
        }
    }

private:
    static node_mode mode_of(const std::string& name)
    {
        for (int k = 0; k < static_cast<int>(node_mode::BRANCH_MEMBER); ++k) {
            if (enumerator_name(static_cast<node_mode>(k)) == name) {
                return static_cast<node_mode>(k);
            }
        }
        throw unsupported("a node has the mode '{}', which is not known", name);
    }

    std::vector<dim> trees_, numbers_;
    std::vector<std::optional<node_mode>> modes_;
    std::map<std::pair<dim, dim>, dim> targets_;
    dim leaves_ = 0, branches_ = 0;
};

}  // namespace

/// Numbers that opset 3 may have as a tensor instead.
std::vector<double> numbers_or_tensor(const source_node& n, const std::string& name)
{
    const std::string as_tensor = name + "_as_tensor";
    if (const onnx::TensorProto* t = n.opset() >= 3 ? n.tensor_proto(as_tensor) : nullptr) {
        return numbers(n.decode(*t));
    }
    return n.numbers(name);
}

forest read_numbered_forest(const source_node& n, const std::string& prefix, dim targets)
{
    n.ignore({"nodes_hitrates", "nodes_hitrates_as_tensor"});
    const numbered_nodes nodes(n);
    forest f;
    nodes.read(n, f);
    f.leaves = nodes.leaves();
    if (f.roots.empty() || f.leaves < 1) {
        throw unsupported("has no tree");
    }
    const std::vector<double> weights = numbers_or_tensor(n, prefix + "_weights");
    const std::vector<dim> trees = integers_for(n, prefix + "_treeids", weights.size()),
                           numbers = integers_for(n, prefix + "_nodeids", weights.size()),
                           ids = integers_for(n, prefix + "_ids", weights.size());
    reserve_weights(n, f, targets);
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const dim leaf = nodes.target(trees[i], numbers[i]);
        if (leaf >= 0) {
            throw unsupported("node {} of tree {} has a weight, and is no leaf", numbers[i], trees[i]);
        }
        add_weight(f, -1 - leaf, ids[i], targets, weights[i]);
    }
    return f;
}

}  // namespace cameo::generator
