// TreeEnsemble: decision trees, in each of which a row takes one path to a leaf; the weights of its leaves are
// combined.
#pragma once
#include <cameo/core/floats.hpp>
#include <cameo/op/axis_flow.hpp>
#include <cameo/op/indices.hpp>
#include <limits>

namespace cameo::inline CAMEO_TARGET {

/// How the weights of a row's leaves become one; ONNX's numbers.
enum class tree_aggregate { AVERAGE, SUM, MIN, MAX };

struct tree_ensemble_attributes {
    tree_aggregate aggregate = tree_aggregate::SUM;
    dim levels = 1;       ///< of blocks: a path passes at most as many
    dim root_levels = 4;  ///< of nodes that the first block of a perfect tree has
    static constexpr void each(auto visit)
    {
        visit("aggregate", &tree_ensemble_attributes::aggregate);
        visit("levels", &tree_ensemble_attributes::levels);
        visit("root_levels", &tree_ensemble_attributes::root_levels);
    }
};

/// ONNX TreeEnsemble of ai.onnx.ml, opset 5, and TreeEnsembleClassifier and TreeEnsembleRegressor, opsets 1 and 3,
/// without base values and post-transform. The nodes are laid out in blocks, each the upper four levels of a tree: 15
/// nodes, of which node k leads to 2 k + 1 on the left and 2 k + 2 on the right, and 16 exits, numbered from the left.
/// At a node, a row goes left where its feature is at most the threshold, and with NaN where `missing` says so; the
/// importer writes ONNX's other modes so.
///
/// Perfect trees, whose leaves are all equally deep, have no `next` and no `roots`: their blocks lie level by level,
/// all first blocks, then all blocks behind these, in the order of the exits that lead to them, and so do the leaves.
/// A first block with fewer than 4 levels of nodes has these on top, and decisions below them that do not matter.
struct tree_ensemble_spec : tree_ensemble_attributes {
    using attributes = tree_ensemble_attributes;
    static constexpr dim nodes = 15, exits = 16;

    tensor_type x{};           ///< rows x features
    tensor_type thresholds{};  ///< blocks x 16, the last of each unused
    tensor_type features{};    ///< the same: columns of x
    tensor_type next{};        ///< blocks x 16: where each exit leads, to a block, or to leaf l as -1 - l; optional
    tensor_type roots{};       ///< of trees, in the same way; optional
    tensor_type weights{};     ///< leaves x targets
    tensor_type missing{};     ///< blocks: bit k says that NaN goes left at node k; optional: it goes right

    constexpr bool perfect() const { return !next.present(); }
    /// Of perfect trees: how many blocks each has at a level; beyond the last, leaves.
    constexpr dim width(dim level) const { return level == 0 ? 1 : dim{1} << (root_levels + 4 * (level - 1)); }
    /// Of perfect trees: the place of the first block of a level.
    constexpr dim begin(dim level) const
    {
        dim sum = 0;
        for (dim above = 0; above < level; ++above) {
            sum += trees() * width(above);
        }
        return sum;
    }
    /// Of perfect trees: where an exit of a block leads, both counted within their level.
    constexpr dim behind(dim level, dim at, dim exit) const
    {
        return level == 0 ? (at << root_levels) + (exit >> (4 - root_levels)) : at * exits + exit;
    }
    constexpr dim trees() const { return perfect() ? weights.shape[0] / width(levels) : roots.shape[0]; }

    template <class T, class I>
    using signature = T(T, T, I, std::int32_t, std::int32_t, T, std::uint16_t);
    using parameters = type_list<floating_elements, type_list<std::uint8_t, std::int32_t>>;
};

enum class tree_ensemble_problem {
    none,
    input_must_be_rows_x_features,
    blocks_must_have_16_thresholds_features_and_exits,
    roots_must_be_a_list,
    weights_must_be_leaves_x_targets,
    missing_must_be_one_number_for_each_block,
    there_must_be_a_level,
    perfect_trees_must_have_all_blocks_and_leaves,
};

constexpr tree_ensemble_problem check(const tree_ensemble_spec& s)
{
    using enum tree_ensemble_problem;
    const shape& blocks = s.thresholds.shape;
    if (s.x.shape.rank != 2) {
        return input_must_be_rows_x_features;
    }
    if (blocks.rank != 2 || blocks[1] != s.exits || s.features.shape != blocks ||
        (!s.perfect() && s.next.shape != blocks)) {
        return blocks_must_have_16_thresholds_features_and_exits;
    }
    if (s.roots.present() == s.perfect() || (s.roots.present() && s.roots.shape.rank != 1)) {
        return roots_must_be_a_list;
    }
    if (s.weights.shape.rank != 2 || s.weights.shape[0] < 1) {
        return weights_must_be_leaves_x_targets;
    }
    if (s.missing.present() && s.missing.shape != shape{blocks[0]}) {
        return missing_must_be_one_number_for_each_block;
    }
    if (s.levels < 1) {
        return there_must_be_a_level;
    }
    if (s.perfect() && (s.root_levels < 1 || s.root_levels > 4 || s.levels > 8 ||
                           s.trees() * s.width(s.levels) != s.weights.shape[0] || s.begin(s.levels) != blocks[0])) {
        return perfect_trees_must_have_all_blocks_and_leaves;
    }
    return none;
}

constexpr tensor_type result(const tree_ensemble_spec& s)
{
    return {s.weights.element, {s.x.shape[0], s.weights.shape[1]}};
}

namespace detail {

// The weights of one target are combined in double, beginning with what leaves all others as they are. NaN stands for a
// leaf without a weight for the target.

constexpr bool is_extreme(tree_aggregate a) { return a == tree_aggregate::MIN || a == tree_aggregate::MAX; }

constexpr double first_total(tree_aggregate a)
{
    using limits = std::numeric_limits<double>;
    return !is_extreme(a) ? 0 : a == tree_aggregate::MIN ? limits::max() : limits::lowest();
}

constexpr double combined(tree_aggregate a, double total, double weight)
{
    switch (a) {
    case tree_aggregate::MIN: return is_a_number(weight) && weight < total ? weight : total;
    case tree_aggregate::MAX: return is_a_number(weight) && weight > total ? weight : total;
    default: return total + weight;
    }
}

/// Returns the result, 0 where no leaf of the row has a weight for the target.
constexpr double last_total(tree_aggregate a, double total, std::size_t trees)
{
    if (is_extreme(a)) {
        return total == first_total(a) ? 0 : total;
    }
    return a == tree_aggregate::AVERAGE ? total / static_cast<double>(trees) : total;
}

/// Which exit of a block a row takes.
template <class T, class I>
constexpr std::size_t exit_of_block(
    std::span<const T> x, std::span<const T> thresholds, std::span<const I> features, unsigned missing)
{
    std::size_t k = 0;
    while (k < index(tree_ensemble_spec::nodes)) {
        const T v = x[index(nearest_index(features[k], std::ssize(x)))];
        const bool left = is_a_number(v) ? v <= thresholds[k] : (missing >> k & 1) != 0;
        k = 2 * k + (left ? 1 : 2);
    }
    return k - index(tree_ensemble_spec::nodes);
}

}  // namespace detail

template <class T, class I>
constexpr void evaluate(const tree_ensemble_spec& s, std::span<const T> x, std::span<const T> thresholds,
    std::span<const I> features, optional_span<std::int32_t> next, optional_span<std::int32_t> roots,
    std::span<const T> weights, optional_span<std::uint16_t> missing, std::span<T> y)
{
    const auto columns = index(s.x.shape[1]), targets = index(s.weights.shape[1]), exits = index(s.exits);
    const auto exit_of = [&](std::span<const T> row, std::size_t b) {
        return detail::exit_of_block(row, thresholds.subspan(b * exits, exits), features.subspan(b * exits, exits),
            missing.empty() ? 0u : missing[b]);
    };
    const auto leaf_of_perfect = [&](std::span<const T> row, dim at) {
        for (dim level = 0; level < s.levels; ++level) {
            at = s.behind(level, at, static_cast<dim>(exit_of(row, index(s.begin(level) + at))));
        }
        return index(at);
    };
    const auto leaf_of = [&](std::span<const T> row, std::int32_t at) {
        for (dim level = 0; level < s.levels && at >= 0; ++level) {
            const std::size_t b = index(nearest_index(at, s.next.shape[0]));
            at = next[b * exits + exit_of(row, b)];
        }
        return index(nearest_index(-1 - at, s.weights.shape[0]));
    };
    const dim trees = s.trees();
    for (std::size_t i = 0; i < y.size(); ++i) {
        const std::span<const T> row = x.subspan(i / targets * columns, columns);
        double total = detail::first_total(s.aggregate);
        for (dim t = 0; t < trees; ++t) {
            const std::size_t leaf = s.perfect() ? leaf_of_perfect(row, t) : leaf_of(row, roots[index(t)]);
            total = detail::combined(s.aggregate, total, static_cast<double>(weights[leaf * targets + i % targets]));
        }
        y[i] = static_cast<T>(detail::last_total(s.aggregate, total, index(trees)));
    }
}

constexpr dim work(const tree_ensemble_spec& s)
{
    return saturating_product(result(s).shape.count(), s.trees(), s.levels * 4);
}

constexpr axis_flow flow_of(const tree_ensemble_spec&, int operand, const axis_part& part)
{
    return operand == 0 && part.axis == 0 ? preserved(part, 0) : mixed("decides by");
}

template <auto Result, class Operands, tree_ensemble_attributes Attributes = tree_ensemble_attributes{},
    class Secondary = into<>>
using tree_ensemble = layer<tree_ensemble_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
