// Imports SVMRegressor and SVMClassifier: products with support vectors, then sums that the classes share.
#include "import/choice.hpp"
#include "import/operator_table.hpp"
#include "op/classes.hpp"
#include "op/composition.hpp"
#include "op/ml_domain.hpp"
#include <algorithm>
#include <cameo/op/arg_extreme.hpp>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/gemm.hpp>
#include <cameo/op/pairwise_coupling.hpp>
#include <cameo/op/reduce.hpp>

namespace cameo::generator {

namespace {

enum class svm_kernel { LINEAR, POLY, RBF, SIGMOID };

/// Compares rows with support vectors: rows x vectors.
value* kernel_of(source_node& n, value* x, const std::vector<double>& vectors, dim count)
{
    const auto kind = choice<svm_kernel>(n, "kernel_type", "LINEAR");
    std::vector<double> parameters = n.numbers("kernel_params");
    if (!parameters.empty() && parameters.size() != 3) {
        throw unsupported(
            "attribute 'kernel_params' must be gamma, coef0 and degree, found {} numbers", parameters.size());
    }
    parameters.resize(3);
    const double gamma = parameters[0], shift = parameters[1], degree = parameters[2];
    const dim features = x->type.shape[1];
    if (std::ssize(vectors) % count != 0 || std::ssize(vectors) / count != features) {
        throw unsupported("{} support vectors have {} numbers, {} features are given", count, vectors.size(), features);
    }
    value* all = float_matrix(n, vectors, count, features);
    if (kind == svm_kernel::LINEAR) {
        return affine(n, x, all, {});
    }
    if (kind == svm_kernel::RBF) {
        // The square of differences: that of a product would cancel where a row is near to a vector.
        value* row = n.reshaped(x, {x->type.shape[0], 1, features});
        const auto distance = sub(operand<0>, operand<1>);
        value* squares = reduced(n, reduction::sum_square, n.compute(distance, {row, all}), {2});
        return n.compute(exp(mul(operand<0>, -gamma)), {n.reshaped(squares, {x->type.shape[0], count})});
    }
    value* scaled = affine(n, x, all, std::vector<double>(index(count), shift), gamma);
    return n.compute(kind == svm_kernel::SIGMOID ? tanh(operand<0>) : pow(operand<0>, degree), {scaled});
}

void import_svm_regressor(source_node& n)
{
    if (choice<post_transform>(n, "post_transform", "NONE") != post_transform::NONE) {
        throw unsupported("attribute 'post_transform' must be NONE: onnxruntime leaves it out");
    }
    value* x = rows_of_features(n, element::float32);
    const std::vector<double> coefficients = n.numbers("coefficients"), vectors = n.numbers("support_vectors"),
                              rho = n.numbers("rho");
    const dim count = n.integer("n_supports", 0);
    if (rho.size() != 1 || count < 0 || (count > 0 && std::ssize(coefficients) != count)) {
        throw unsupported(
            "{} support vectors have {} coefficients and {} in 'rho'", count, coefficients.size(), rho.size());
    }
    n.ignore({"kernel_type", "kernel_params"});
    value* compared = count > 0 ? kernel_of(n, x, vectors, count) : x;
    if (std::ssize(coefficients) != compared->type.shape[1]) {
        throw unsupported("{} features have {} coefficients", compared->type.shape[1], coefficients.size());
    }
    value* y = affine(n, compared, float_matrix(n, coefficients, 1, std::ssize(coefficients)), rho);
    n.set_result(0, n.integer("one_class", 0) != 0
                        ? chosen(n, n.compute(greater(operand<0>, 0.0), {y}), constant_number(n, element::float32, 1),
                              constant_number(n, element::float32, -1))
                        : y);
}

/// The pairs of classes, and which coefficients each has for the vectors of both.
class class_pairs {
public:
    class_pairs(const source_node& n, dim classes) : classes_(classes)
    {
        for (const dim count : n.integers("vectors_per_class")) {
            if (count < 0 || count > max_count) {
                throw unsupported("attribute 'vectors_per_class' has {}", count);
            }
            first_.push_back(vectors_);
            vectors_ += count;
        }
        first_.push_back(vectors_);
        if (std::ssize(first_) != classes + 1 || vectors_ < 1) {
            throw unsupported(
                "{} classes have 'vectors_per_class' of {}, {} in all", classes, first_.size() - 1, vectors_);
        }
    }
    dim count() const { return classes_ * (classes_ - 1) / 2; }
    dim vectors() const { return vectors_; }

    /// Each pair's row of coefficients: those of one class against the other are in the other's row, which the row of a
    /// class itself leaves out.
    std::vector<double> rows(const std::vector<double>& coefficients) const
    {
        if (std::ssize(coefficients) != (classes_ - 1) * vectors_) {
            throw unsupported(
                "{} classes of {} support vectors have {} coefficients", classes_, vectors_, coefficients.size());
        }
        std::vector<double> all(index(count() * vectors_));
        auto row = all.begin();
        for (dim i = 0; i < classes_; ++i) {
            for (dim j = i + 1; j < classes_; ++j, row += vectors_) {
                for (dim v = first_[index(i)]; v < first_[index(i + 1)]; ++v) {
                    row[v] = coefficients[index((j - 1) * vectors_ + v)];
                }
                for (dim v = first_[index(j)]; v < first_[index(j + 1)]; ++v) {
                    row[v] = coefficients[index(i * vectors_ + v)];
                }
            }
        }
        return all;
    }

    /// The class with most votes: a pair gives its vote to the first class if its score is positive.
    value* elected(source_node& n, value* scores) const
    {
        std::vector<double> gains(index(classes_ * count())), without(index(classes_));
        dim pair = 0;
        for (dim i = 0; i < classes_; ++i) {
            for (dim j = i + 1; j < classes_; ++j, ++pair) {
                gains[index(i * count() + pair)] = 1;
                gains[index(j * count() + pair)] = -1;
                ++without[index(j)];
            }
        }
        value* wins = cast(n, n.compute(greater(operand<0>, 0.0), {scores}), element::float32);
        return largest_class(n, affine(n, wins, float_matrix(n, gains, classes_, count()), without));
    }

private:
    dim classes_, vectors_ = 0;
    std::vector<dim> first_;
};

/// The probabilities of classes from the scores of pairs, by logistic functions of these.
value* probabilities(source_node& n, value* scores, dim classes)
{
    const std::vector<double> a = n.numbers("prob_a"), b = n.numbers("prob_b");
    const dim pairs = scores->type.shape[1];
    if (std::ssize(a) != pairs || std::ssize(b) != pairs) {
        throw unsupported("{} pairs of classes have {} in 'prob_a' and {} in 'prob_b'", pairs, a.size(), b.size());
    }
    constexpr double least = 1e-7;
    value* logistic = n.compute(sigmoid(neg(add(mul(operand<0>, operand<1>), operand<2>))),
        {scores, float_matrix(n, a, 1, pairs), float_matrix(n, b, 1, pairs)});
    value* within = n.compute(min(max(operand<0>, least), 1 - least), {logistic});
    return n.add<pairwise_coupling_spec>({classes}, {within})[0];
}

void import_svm_classifier(source_node& n)
{
    const class_labels labels(n, "classlabels_ints");
    const class_pairs pairs(n, labels.count());
    const auto how = choice<post_transform>(n, "post_transform", "NONE");
    const std::vector<double> rho = n.numbers("rho");
    if (std::ssize(rho) != pairs.count() || labels.count() < 2) {
        throw unsupported("{} pairs of classes have {} in 'rho'", pairs.count(), rho.size());
    }
    value* compared =
        kernel_of(n, rows_of_features(n, element::float32), n.numbers("support_vectors"), pairs.vectors());
    value* rows = float_matrix(n, pairs.rows(n.numbers("coefficients")), pairs.count(), pairs.vectors());
    value* scores = affine(n, compared, rows, rho);
    labels.set(n, pairs.elected(n, scores));
    if (n.has("prob_a")) {
        return n.set_result(1, transformed(n, probabilities(n, scores, labels.count()), how));
    }
    if (labels.count() > 2) {
        return n.set_result(1, transformed(n, scores, how));
    }
    const auto meaning = how == post_transform::NONE ? score_meaning::sum : score_meaning::distance;
    n.set_result(1, of_one_score(n, scores, meaning, how).first);
}

}  // namespace

void add_ml_svm(operator_table& table)
{
    table.add_of_domain<number_elements, gemm_spec, elementwise_spec, reduce_spec>(
        ml_domain, "SVMRegressor", {1}, import_svm_regressor);
    table.add_of_domain<number_elements, gemm_spec, elementwise_spec, reduce_spec, arg_extreme_spec,
        pairwise_coupling_spec>(ml_domain, "SVMClassifier", {1}, import_svm_classifier,
        "with support vectors; probabilities take a time that depends on the data");
}

}  // namespace cameo::generator
