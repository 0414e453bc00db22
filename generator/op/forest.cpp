// Reads the trees of TreeEnsemble, whose nodes and leaves are lists.
#include "op/forest.hpp"
#include <algorithm>
#include <cmath>
#include <limits>

namespace cameo::generator {

void require_length(std::string_view name, std::size_t found, std::size_t expected)
{
    if (found != expected) {
        throw unsupported("attribute '{}' has {} elements, where there are {} of its kind", name, found, expected);
    }
}

std::vector<dim> integers_for(const source_node& n, std::string_view name, std::size_t count)
{
    std::vector<dim> all = n.integers(name);
    require_length(name, all.size(), count);
    return all;
}

void reserve_weights(const source_node& n, forest& f, dim targets)
{
    n.make_constant({element::float64, {f.leaves, targets}});  // says what there is no room for
    f.weights.assign(index(f.leaves * targets), std::numeric_limits<double>::quiet_NaN());
}

void add_weight(forest& f, dim leaf, dim target, dim targets, double weight)
{
    if (target < 0 || target >= targets) {
        throw unsupported("a weight is of target {} of {}", target, targets);
    }
    double& all = f.weights[index(leaf * targets + target)];
    all = std::isnan(all) ? weight : all + weight;
}

namespace {

/// Reads the targets of TreeEnsemble's branches: nodes, or leaves where the other attribute says so.
std::vector<dim> targets_of(const source_node& n, std::string_view nodes, std::string_view are_leaves, dim leaves)
{
    const std::vector<dim> ids = n.integers(nodes), leaf = integers_for(n, are_leaves, ids.size());
    std::vector<dim> targets;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const dim most = leaf[i] ? leaves : std::ssize(ids);
        if (ids[i] < 0 || ids[i] >= most) {
            throw unsupported("attribute '{}' leads to {}, where there are {}", nodes, ids[i], most);
        }
        targets.push_back(leaf[i] ? -1 - ids[i] : ids[i]);
    }
    return targets;
}

std::vector<double> numbers_of(const source_node& n, std::string_view name)
{
    const onnx::TensorProto* t = n.tensor_proto(name);
    return t ? numbers(n.decode(*t)) : std::vector<double>();
}

/// The sets of the nodes whose mode is BRANCH_MEMBER, one after another, each ended by NaN.
class member_sets {
public:
    explicit member_sets(const source_node& n) : all_(numbers_of(n, "membership_values")) {}
    std::vector<double> next()
    {
        const auto end = std::find_if(all_.begin() + at_, all_.end(), [](double v) { return std::isnan(v); });
        std::vector<double> set(all_.begin() + at_, end);
        at_ = std::min(end - all_.begin() + 1, std::ssize(all_));
        return set;
    }

private:
    std::vector<double> all_;
    std::ptrdiff_t at_ = 0;
};

}  // namespace

forest read_forest(const source_node& n, dim targets)
{
    n.ignore({"nodes_hitrates"});
    forest f;
    const std::vector<dim> ids = n.integers("leaf_targetids");
    const std::vector<double> weights = numbers_of(n, "leaf_weights"), values = numbers_of(n, "nodes_splits"),
                              modes = numbers_of(n, "nodes_modes");
    require_length("leaf_weights", weights.size(), ids.size());
    f.leaves = std::ssize(ids);
    const std::vector<dim> yes = targets_of(n, "nodes_truenodeids", "nodes_trueleafs", f.leaves),
                           no = targets_of(n, "nodes_falsenodeids", "nodes_falseleafs", f.leaves),
                           features = integers_for(n, "nodes_featureids", yes.size());
    for (const auto& [name, size] :
        {std::pair{"nodes_falsenodeids", no.size()}, {"nodes_splits", values.size()}, {"nodes_modes", modes.size()}}) {
        require_length(name, size, yes.size());
    }
    const std::string tracks = "nodes_missing_value_tracks_true";
    const std::vector<dim> missing = n.has(tracks) ? integers_for(n, tracks, yes.size()) : std::vector<dim>(yes.size());
    member_sets sets(n);
    for (std::size_t i = 0; i < yes.size(); ++i) {
        if (!(modes[i] >= 0 && modes[i] <= static_cast<double>(node_mode::BRANCH_MEMBER))) {
            throw unsupported("a node has the mode {}, which is not known", modes[i]);
        }
        const auto mode = static_cast<node_mode>(static_cast<int>(modes[i]));
        const bool member = mode == node_mode::BRANCH_MEMBER;
        f.branches.push_back({mode, features[i], member ? 0 : values[i], member ? sets.next() : std::vector<double>(),
            missing[i] != 0, yes[i], no[i]});
    }
    for (const dim root : n.integers("tree_roots")) {
        if (root < 0 || root >= std::ssize(yes)) {
            throw unsupported("attribute 'tree_roots' has {}, where there are {} nodes", root, yes.size());
        }
        f.roots.push_back(root);
    }
    reserve_weights(n, f, targets);
    for (std::size_t l = 0; l < ids.size(); ++l) {
        add_weight(f, static_cast<dim>(l), ids[l], targets, weights[l]);
    }
    return f;
}

}  // namespace cameo::generator
