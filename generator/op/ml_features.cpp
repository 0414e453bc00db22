// Imports what ai.onnx.ml has for features: ArrayFeatureExtractor and Binarizer.
#include "import/indices.hpp"
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include "op/ml_domain.hpp"
#include "support/holds.hpp"
#include <cameo/op/elementwise.hpp>
#include <cameo/op/gather.hpp>
#include <cameo/op/gemm.hpp>
#include <cmath>

namespace cameo::generator {

value* rows_of_features(source_node& n, element type)
{
    value* x = cast(n, n.required_operand(0), type);
    const shape& s = x->type.shape;
    if (s.rank < 1 || s.rank > 2) {
        throw unsupported("the input must be rows of features, found {}", to_string(x->type));
    }
    return s.rank == 2 ? x : n.reshaped(x, {1, s[0]});
}

value* float_matrix(source_node& n, const std::vector<double>& numbers, dim rows, dim columns)
{
    return n.add_constant(tensor_of(n, {element::float32, {rows, columns}}, numbers));
}

value* affine(source_node& n, value* x, value* m, const std::vector<double>& c, double alpha)
{
    gemm_attributes a;
    a.transpose_b = true;
    a.alpha = alpha;
    return n.add<gemm_spec>(a, {x, m, c.empty() ? nullptr : constant_list(n, element::float32, c)})[0];
}

namespace {

/// Imports ArrayFeatureExtractor, which gathers along the last axis. As in onnxruntime, a result of one axis gets
/// another before it.
void import_array_feature_extractor(source_node& n)
{
    value *x = n.required_operand(0), *indices = n.required_operand(1);
    const shape& s = x->type.shape;
    if (s.rank < 1) {
        throw unsupported("the input must have an axis, found {}", to_string(x->type));
    }
    require_indices_inside(*indices, {s[s.rank - 1]});
    value* y = n.add<gather_spec>({s.rank - 1}, {x, n.reshaped(indices, {indices->type.shape.count()})})[0];
    n.set_result(0, s.rank == 1 ? n.reshaped(y, {1, y->type.shape[0]}) : y);
}

void import_binarizer(source_node& n)
{
    value* x = n.required_operand(0);
    const element type = x->type.element;
    const double given = n.number("threshold", 0), threshold = is_floating(type) ? given : std::floor(given);
    if (!is_floating(type) && !holds(type, threshold)) {
        throw unsupported("attribute 'threshold' is {}, beyond all {}", given, to_string(type));
    }
    value* low = constant_number(n, type, threshold);
    n.set_result(0, cast(n, n.compute(greater(operand<0>, operand<1>), {x, low}), type));
}

}  // namespace

void add_ml_features(operator_table& table)
{
    table.add_of_domain<gather_spec>(ml_domain, "ArrayFeatureExtractor", {1}, import_array_feature_extractor);
    table.add_of_domain<number_elements, elementwise_spec>(ml_domain, "Binarizer", {1}, import_binarizer);
}

}  // namespace cameo::generator
