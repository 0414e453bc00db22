// Imports the linear operators of ai.onnx.ml: LinearRegressor, LinearClassifier, Scaler, Normalizer.
#include "import/choice.hpp"
#include "import/operator_table.hpp"
#include "op/classes.hpp"
#include "op/composition.hpp"
#include "op/ml_domain.hpp"
#include "op/post_transform.hpp"
#include <cameo/op/arg_extreme.hpp>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/gemm.hpp>
#include <cameo/op/reduce.hpp>

namespace cameo::generator {

namespace {

/// Computes x C^T + b for `targets` rows of coefficients.
value* linear_scores(source_node& n, value* x, dim targets)
{
    const std::vector<double> coefficients = n.numbers("coefficients"), intercepts = n.numbers("intercepts");
    const dim features = x->type.shape[1];
    if (targets < 1 || std::ssize(coefficients) / targets != features || std::ssize(coefficients) % targets != 0 ||
        (!intercepts.empty() && std::ssize(intercepts) != targets)) {
        throw unsupported("{} targets of {} features do not go with {} coefficients and {} intercepts", targets,
            features, coefficients.size(), intercepts.size());
    }
    return affine(n, x, float_matrix(n, coefficients, targets, features), intercepts);
}

void import_linear_regressor(source_node& n)
{
    value* scores = linear_scores(n, rows_of_features(n, element::float32), n.integer("targets", 1));
    n.set_result(0, transformed(n, scores, choice<post_transform>(n, "post_transform", "NONE")));
}

void import_linear_classifier(source_node& n)
{
    n.ignore({"multi_class"});
    const class_labels labels(n, "classlabels_ints");
    value* x = rows_of_features(n, element::float32);
    const auto how = choice<post_transform>(n, "post_transform", "NONE");
    const dim features = x->type.shape[1], rows = std::ssize(n.numbers("coefficients")) / std::max(features, dim{1});
    value* scores = linear_scores(n, x, rows);
    if (rows == 1 && labels.count() == 2) {
        const auto [both, classes] = of_one_score(n, scores, score_meaning::distance, how);
        labels.set(n, classes);
        return n.set_result(1, both);
    }
    if (rows != labels.count()) {
        throw unsupported("{} rows of coefficients for {} classes", rows, labels.count());
    }
    labels.set(n, largest_class(n, scores));
    n.set_result(1, transformed(n, scores, how));
}

void import_scaler(source_node& n)
{
    value* x = cast(n, n.required_operand(0), element::float32);
    const std::vector<double> offset = n.numbers("offset"), scale = n.numbers("scale");
    const dim features = x->type.shape.rank > 0 ? x->type.shape[x->type.shape.rank - 1] : 1;
    for (const std::vector<double>& list : {offset, scale}) {
        if (std::ssize(list) != features && list.size() != 1) {
            throw unsupported("{} features have {} offsets and {} scales", features, offset.size(), scale.size());
        }
    }
    n.set_result(0, n.compute(mul(sub(operand<0>, operand<1>), operand<2>),
                        {x, constant_list(n, element::float32, offset), constant_list(n, element::float32, scale)}));
}

enum class row_norm { MAX, L1, L2 };

/// Imports Normalizer: rows divided by their norm, which is the largest element for MAX; rows of norm 0 stay.
void import_normalizer(source_node& n)
{
    value* x = rows_of_features(n, element::float32);
    const auto norm = choice<row_norm>(n, "norm", "MAX");
    const reduction by = norm == row_norm::MAX ? reduction::max : norm == row_norm::L1 ? reduction::l1 : reduction::l2;
    value* divisor = reduced(n, by, x, {1});
    value* is_zero = n.compute(equal(operand<0>, 0.0), {divisor});
    divisor = chosen(n, is_zero, constant_number(n, element::float32, 1), divisor);
    n.set_result(0, n.reshaped(n.compute(div(operand<0>, operand<1>), {x, divisor}), n.type(0).shape));
}

}  // namespace

void add_ml_linear(operator_table& table)
{
    table.add_of_domain<number_elements, gemm_spec, elementwise_spec>(
        ml_domain, "LinearRegressor", {1}, import_linear_regressor);
    table.add_of_domain<number_elements, gemm_spec, elementwise_spec, arg_extreme_spec>(
        ml_domain, "LinearClassifier", {1}, import_linear_classifier);
    table.add_of_domain<number_elements, elementwise_spec>(ml_domain, "Scaler", {1}, import_scaler);
    table.add_of_domain<number_elements, reduce_spec, elementwise_spec>(
        ml_domain, "Normalizer", {1}, import_normalizer);
}

}  // namespace cameo::generator
