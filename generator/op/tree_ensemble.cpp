// Imports TreeEnsemble, and TreeEnsembleRegressor and TreeEnsembleClassifier, which it replaced.
#include "import/choice.hpp"
#include "import/operator_table.hpp"
#include "op/classes.hpp"
#include "op/composition.hpp"
#include "op/forest.hpp"
#include "op/ml_domain.hpp"
#include "op/post_transform.hpp"
#include <algorithm>
#include <cameo/op/arg_extreme.hpp>
#include <cameo/op/elementwise.hpp>
#include <cmath>

namespace cameo::generator {

namespace {

/// Combines the weights of each row's leaves, in float64 for features of float64, otherwise in float32.
value* scores_of(source_node& n, const forest& f, dim targets, tree_aggregate aggregate)
{
    value* x = rows_of_features(n, n.type(0).element == element::float64 ? element::float64 : element::float32);
    const bool sums = aggregate == tree_aggregate::SUM || aggregate == tree_aggregate::AVERAGE;
    tensor weights = n.make_constant({x->type.element, {f.leaves, targets}});
    with_elements(weights, [&]<class T>(std::span<T> all) {
        std::ranges::transform(f.weights, all.begin(),
            [&](double w) { return cameo::detail::convert<T>(sums && std::isnan(w) ? 0.0 : w); });
    });
    return add_trees(
        n, x, decisions_of(f.branches, x->type.element), f.roots, n.add_constant(std::move(weights)), aggregate);
}

/// Adds one number for each target, or for the only one.
value* with_base(source_node& n, value* scores, const std::vector<double>& base)
{
    if (base.empty()) {
        return scores;
    }
    require_length("base_values", base.size(), index(scores->type.shape[1]));
    return sum(n, scores, constant_list(n, scores->type.element, base));
}

void import_tree_regressor(source_node& n)
{
    const dim targets = n.integer("n_targets", 1);
    if (targets < 1) {
        throw unsupported("attribute 'n_targets' must be positive, found {}", targets);
    }
    const auto aggregate = choice<tree_aggregate>(n, "aggregate_function", "SUM");
    value* scores = scores_of(n, read_numbered_forest(n, "target", targets), targets, aggregate);
    value* moved = with_base(n, scores, numbers_or_tensor(n, "base_values"));
    n.set_result(
        0, cast(n, transformed(n, moved, choice<post_transform>(n, "post_transform", "NONE")), element::float32));
}

void import_tree_classifier(source_node& n)
{
    const class_labels labels(n, "classlabels_int64s");
    const dim classes = labels.count();
    const auto how = choice<post_transform>(n, "post_transform", "NONE");
    const forest f = read_numbered_forest(n, "class", classes);
    const std::vector<double> base = numbers_or_tensor(n, "base_values");
    const std::vector<dim> ids = n.integers("class_ids");
    if (classes < 2 || (classes == 2 && base.size() == 2)) {
        throw unsupported("{} classes with {} base values: it is not known what this means", classes, base.size());
    }
    value *scores = scores_of(n, f, classes, tree_aggregate::SUM), *found = nullptr;
    if (classes == 2 && std::ranges::count(ids, 0) == std::ssize(ids)) {
        const std::vector<double> weights = numbers_or_tensor(n, "class_weights");
        const bool positive = std::ranges::all_of(weights, [](double w) { return w >= 0; });
        const auto meaning = positive ? score_meaning::probability : score_meaning::sum;
        std::tie(scores, found) = of_one_score(n, with_base(n, sliced(n, scores, 1, 0, 1), base), meaning, how);
    } else {
        scores = with_base(n, scores, base);
        found = largest_class(n, scores);
        scores = transformed(n, scores, how);
    }
    labels.set(n, found);
    n.set_result(1, cast(n, scores, element::float32));
}

/// Returns the enumerator of a number.
template <class Enum>
Enum numbered(const source_node& n, std::string_view name, Enum otherwise, Enum last)
{
    const dim number = n.integer(name, static_cast<dim>(otherwise));
    if (number < 0 || number > static_cast<dim>(last)) {
        throw unsupported("attribute '{}' must be from 0 to {}, found {}", name, static_cast<dim>(last), number);
    }
    return static_cast<Enum>(number);
}

void import_tree_ensemble(source_node& n)
{
    const dim targets = n.integer("n_targets", 1);
    if (targets < 1) {
        throw unsupported("attribute 'n_targets' must be positive, found {}", targets);
    }
    const auto aggregate = numbered(n, "aggregate_function", tree_aggregate::SUM, tree_aggregate::MAX);
    const auto how = numbered(n, "post_transform", post_transform::NONE, post_transform::PROBIT);
    value* scores = scores_of(n, read_forest(n, targets), targets, aggregate);
    n.set_result(0, cast(n, transformed(n, scores, how), n.type(0).element));
}

}  // namespace

void add_tree_ensemble(operator_table& table)
{
    table.add_of_domain<floating_elements, tree_ensemble_spec, elementwise_spec>(
        ml_domain, "TreeEnsemble", {5}, import_tree_ensemble);
    table.add_of_domain<number_elements, tree_ensemble_spec, elementwise_spec>(
        ml_domain, "TreeEnsembleRegressor", {1, 3}, import_tree_regressor);
    table.add_of_domain<number_elements, tree_ensemble_spec, elementwise_spec, arg_extreme_spec>(
        ml_domain, "TreeEnsembleClassifier", {1, 3}, import_tree_classifier);
}

}  // namespace cameo::generator
