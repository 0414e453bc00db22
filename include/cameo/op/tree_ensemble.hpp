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
    dim levels = 1;  ///< of blocks: a path passes at most as many
    static constexpr void each(auto visit)
    {
        visit("aggregate", &tree_ensemble_attributes::aggregate);
        visit("levels", &tree_ensemble_attributes::levels);
    }
};

/// ONNX TreeEnsemble of ai.onnx.ml, opset 5, and TreeEnsembleClassifier and TreeEnsembleRegressor, opsets 1 and 3,
/// without base values and post-transform. The nodes are laid out in blocks, each the upper four levels of a tree: 15
/// nodes, of which node k leads to 2 k + 1 on the left and 2 k + 2 on the right, and 16 exits, numbered from the left.
/// At a node, a row goes left where its feature is at most the threshold, and with NaN where `missing` says so; the
/// importer writes ONNX's other modes so.
struct tree_ensemble_spec : tree_ensemble_attributes {
    using attributes = tree_ensemble_attributes;
    static constexpr dim nodes = 15, exits = 16;

    tensor_type x{};           ///< rows x features
    tensor_type thresholds{};  ///< blocks x 16, the last of each unused
    tensor_type features{};    ///< the same: columns of x
    tensor_type next{};        ///< blocks x 16: where each exit leads, to a block, or to leaf l as -1 - l
    tensor_type roots{};       ///< of trees, in the same way
    tensor_type weights{};     ///< leaves x targets
    tensor_type missing{};     ///< blocks: bit k says that NaN goes left at node k; optional: it goes right

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
};

constexpr tree_ensemble_problem check(const tree_ensemble_spec& s)
{
    using enum tree_ensemble_problem;
    const shape& blocks = s.thresholds.shape;
    if (s.x.shape.rank != 2) {
        return input_must_be_rows_x_features;
    }
    if (blocks.rank != 2 || blocks[1] != s.exits || s.features.shape != blocks || s.next.shape != blocks) {
        return blocks_must_have_16_thresholds_features_and_exits;
    }
    if (s.roots.shape.rank != 1) {
        return roots_must_be_a_list;
    }
    if (s.weights.shape.rank != 2 || s.weights.shape[0] < 1) {
        return weights_must_be_leaves_x_targets;
    }
    if (s.missing.present() && s.missing.shape != shape{blocks[0]}) {
        return missing_must_be_one_number_for_each_block;
    }
    return s.levels < 1 ? there_must_be_a_level : none;
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
    std::span<const I> features, std::span<const std::int32_t> next, std::span<const std::int32_t> roots,
    std::span<const T> weights, optional_span<std::uint16_t> missing, std::span<T> y)
{
    const auto columns = index(s.x.shape[1]), targets = index(s.weights.shape[1]), exits = index(s.exits);
    const auto leaf_of = [&](std::span<const T> row, std::int32_t at) {
        for (dim level = 0; level < s.levels && at >= 0; ++level) {
            const std::size_t b = index(nearest_index(at, s.next.shape[0]));
            at = next[b * exits + detail::exit_of_block(row, thresholds.subspan(b * exits, exits),
                                      features.subspan(b * exits, exits), missing.empty() ? 0u : missing[b])];
        }
        return index(nearest_index(-1 - at, s.weights.shape[0]));
    };
    for (std::size_t i = 0; i < y.size(); ++i) {
        double total = detail::first_total(s.aggregate);
        for (const std::int32_t root : roots) {
            const std::size_t leaf = leaf_of(x.subspan(i / targets * columns, columns), root);
            total = detail::combined(s.aggregate, total, static_cast<double>(weights[leaf * targets + i % targets]));
        }
        y[i] = static_cast<T>(detail::last_total(s.aggregate, total, roots.size()));
    }
}

constexpr dim work(const tree_ensemble_spec& s)
{
    return saturating_product(result(s).shape.count(), s.roots.shape.count(), s.levels * 4);
}

constexpr axis_flow flow_of(const tree_ensemble_spec&, int operand, const axis_part& part)
{
    return operand == 0 && part.axis == 0 ? preserved(part, 0) : mixed("decides by");
}

template <auto Result, class Operands, tree_ensemble_attributes Attributes = tree_ensemble_attributes{},
    class Secondary = into<>>
using tree_ensemble = layer<tree_ensemble_spec, Result, Operands, Attributes, Secondary>;

}  // namespace cameo::inline CAMEO_TARGET
