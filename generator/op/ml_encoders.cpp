// Imports what ai.onnx.ml has to make features and names of numbers: Imputer, OneHotEncoder, LabelEncoder,
// FeatureVectorizer, ZipMap.
#include "import/axes.hpp"
#include "import/operator_table.hpp"
#include "op/composition.hpp"
#include "op/ml_domain.hpp"
#include <algorithm>
#include <cameo/op/arg_extreme.hpp>
#include <cameo/op/concat.hpp>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/gather.hpp>
#include <cameo/op/where.hpp>
#include <cmath>

namespace cameo::generator {

namespace {

constexpr const char* no_texts = "texts are not supported: of numbers, the encoder takes int64 and floats";

/// Imports Imputer: elements that are the number to be replaced, or NaN, become that of their feature.
void import_imputer(source_node& n)
{
    value* x = n.required_operand(0);
    const element type = x->type.element;
    const bool is_float = is_floating(type);
    n.ignore({"imputed_value_floats", "imputed_value_int64s", "replaced_value_float", "replaced_value_int64"});
    value* imputed = cast(n,
        is_float ? constant_list(n, element::float32, n.numbers("imputed_value_floats"))
                 : constant_list(n, element::int64, n.integers("imputed_value_int64s")),
        type);
    const dim features = x->type.shape.rank > 0 ? x->type.shape[x->type.shape.rank - 1] : 1,
              count = imputed->type.shape[0];
    if (count != features && count != 1) {
        throw unsupported("{} features have {} numbers to be imputed", features, count);
    }
    const double replaced = n.number("replaced_value_float", 0);
    value* missing =
        is_float && std::isnan(replaced)
            ? n.compute(is_nan(operand<0>), {x})
            : n.compute(equal(operand<0>, operand<1>),
                  {x, is_float ? constant_number(n, type, replaced)
                               : cast(n, n.add_constant(scalar(n.integer("replaced_value_int64", 0))), type)});
    n.set_result(0, chosen(n, missing, imputed, x));
}

/// Compares each element with a list, along a new last axis.
value* compared_with(source_node& n, value* x, value* keys)
{
    return n.compute(equal(operand<0>, operand<1>), {n.reshaped(x, with_one(x->type.shape, x->type.shape.rank)), keys});
}

void import_one_hot_encoder(source_node& n)
{
    if (n.has("cats_strings")) {
        throw unsupported("attribute 'cats_strings': {}", no_texts);
    }
    value* x = cast(n, n.required_operand(0), element::int64);
    n.ignore({"zeros"});
    value* categories = constant_list(n, element::int64, n.integers("cats_int64s"));
    n.set_result(0, cast(n, compared_with(n, x, categories), element::float32));
}

/// The keys or values of LabelEncoder, since opset 4 perhaps as a tensor.
tensor read_list(const source_node& n, const std::string& name)
{
    if (const onnx::TensorProto* t = n.opset() >= 4 ? n.tensor_proto(name + "_tensor") : nullptr) {
        return n.decode(*t);
    }
    if (n.has(name + "_int64s")) {
        return list_of(n, element::int64, n.integers(name + "_int64s"));
    }
    if (n.has(name + "_floats")) {
        return list_of(n, element::float32, n.numbers(name + "_floats"));
    }
    throw unsupported("has no '{}' of numbers: {}", name, no_texts);
}

tensor default_of(const source_node& n, element type)
{
    n.ignore({"default_int64", "default_float", "default_string"});
    if (const onnx::TensorProto* t = n.opset() >= 4 ? n.tensor_proto("default_tensor") : nullptr) {
        return n.decode(*t);
    }
    tensor one({type, {}});
    with_elements(one, [&]<class T>(std::span<T> e) {
        e[0] = is_floating(type) ? cameo::detail::convert<T>(n.number("default_float", -0.0))
                                 : cameo::detail::convert<T>(n.integer("default_int64", -1));
    });
    return one;
}

/// Imports LabelEncoder: the value of the first key that an element equals, or the default.
void import_label_encoder(source_node& n)
{
    if (n.opset() < 2) {
        throw unsupported("before opset 2, labels are texts: {}", no_texts);
    }
    value* x = n.required_operand(0);
    tensor keys = read_list(n, "keys"), values = read_list(n, "values"), otherwise = default_of(n, values.type.element);
    const std::vector<double> all = numbers(keys);
    if (keys.type.element != x->type.element || keys.type.shape.rank != 1 || all.empty() ||
        values.type.shape != keys.type.shape || std::ranges::any_of(all, [](double v) { return std::isnan(v); })) {
        throw unsupported("keys of {} and values of {} do not encode {}; a key that is NaN is not supported",
            to_string(keys.type), to_string(values.type), to_string(x->type));
    }
    if (otherwise.type.element != values.type.element || otherwise.type.shape.count() != 1) {
        throw unsupported("the default is {}, where values are {}", to_string(otherwise.type), to_string(values.type));
    }
    value* equal_keys = cast(n, compared_with(n, x, n.add_constant(std::move(keys))), element::int32);
    const int last = x->type.shape.rank;
    value* place = n.add<arg_extreme_spec>({last, true, false, false}, {equal_keys})[0];
    value* found = n.reshaped(cast(n, reduced(n, reduction::max, equal_keys, {last}), element::boolean), x->type.shape);
    value* value_of = n.add<gather_spec>({0}, {n.add_constant(std::move(values)), place})[0];
    n.set_result(0, chosen(n, found, value_of, n.reshaped(n.add_constant(std::move(otherwise)), {})));
}

void import_feature_vectorizer(source_node& n)
{
    n.ignore({"inputdimensions"});
    std::vector<value*> columns;
    for (value* v : n.operands()) {
        if (!v || v->type.shape.rank < 1 || v->type.shape.rank > 2) {
            throw unsupported("operands must be rows of features, found {}", v ? to_string(v->type) : "none");
        }
        const shape& s = v->type.shape;
        columns.push_back(cast(n, s.rank == 2 ? v : n.reshaped(v, {s[0], 1}), element::float32));
    }
    n.set_result(0, concatenated(n, 1, std::move(columns)));
}

/// Imports ZipMap, which makes maps of rows. The keys, which are always the same, become the labels of the header.
void import_zip_map(source_node& n)
{
    std::vector<std::string> keys = n.texts("classlabels_strings");
    for (const dim key : n.integers("classlabels_int64s")) {
        keys.push_back(std::to_string(key));
    }
    n.name_classes(std::move(keys));
    n.set_result(0, n.required_operand(0));
}

}  // namespace

void add_ml_encoders(operator_table& table)
{
    table.add_of_domain<number_elements, elementwise_spec, where_spec>(ml_domain, "Imputer", {1}, import_imputer);
    table.add_of_domain<number_elements, elementwise_spec>(
        ml_domain, "OneHotEncoder", {1}, import_one_hot_encoder, "`cats_int64s`; what is in no category gives zeros");
    table.add_of_domain<number_elements, elementwise_spec, arg_extreme_spec, gather_spec, where_spec>(
        ml_domain, "LabelEncoder", {2, 4}, import_label_encoder, "numbers");
    table.add_of_domain<number_elements, concat_spec>(ml_domain, "FeatureVectorizer", {1}, import_feature_vectorizer);
    table.add_of_domain<floating_elements>(
        ml_domain, "ZipMap", {1}, import_zip_map, "gives the probabilities; the keys are `model::labels`");
}

}  // namespace cameo::generator
