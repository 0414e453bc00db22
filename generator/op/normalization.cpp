// Imports LayerNormalization, RMSNormalization, SimplifiedLayerNormalization, InstanceNormalization,
// GroupNormalization, LpNormalization, MeanVarianceNormalization and LRN; groups are axes of a reshaped value.
#include "import/channels.hpp"
#include "import/element_code.hpp"
#include "import/operator_table.hpp"
#include "model/model.hpp"
#include "op/composition.hpp"
#include <algorithm>
#include <cameo/op/elementwise.hpp>
#include <cameo/op/layer_normalization.hpp>
#include <cameo/op/lp_normalization.hpp>
#include <cameo/op/lrn.hpp>
#include <cameo/op/reduce.hpp>

namespace cameo::generator {

namespace {

/// Reads the element type in which mean and deviation are computed.
element stash(const source_node& n)
{
    const int code = element_code(n, "stash_type", element::float32);
    const element e = computed_in(n.element_for(code));
    if (!is_floating(e)) {
        throw unsupported("attribute 'stash_type' must be float32 or float64, found {}", element_type_name(code));
    }
    return e;
}

template <bool Center>
layer_normalization_attributes attributes_of(const source_node& n)
{
    const layer_normalization_attributes a{.axis = n.axis(n.integer("axis", -1), n.type(0).shape.rank),
        .epsilon = epsilon(n),
        .center = Center,
        .stash = stash(n)};
    if (a.stash != element::float32 && (n.has_output(1) || n.has_output(2))) {
        throw unsupported("outputs Mean and InvStdDev of float64 are not supported");
    }
    return a;
}

template <bool Center>
void import_layer_normalization(source_node& n)
{
    n.become<layer_normalization_spec>(attributes_of<Center>(n), n.operands());
}

/// Imports SimplifiedLayerNormalization, which onnxruntime's files have in ONNX's own domain: RMSNormalization, but for
/// the second result.
void import_simplified(source_node& n)
{
    const layer_normalization_attributes a = attributes_of<false>(n);
    if (a.axis != n.type(0).shape.rank - 1) {
        throw unsupported("attribute 'axis' must be the last axis, found {}", a.axis);
    }
    std::vector<value*> y = n.add<layer_normalization_spec>(
        a, {n.required_operand(0), n.required_operand(1), nullptr}, n.has_output(1) ? 3 : 1);
    y.resize(3);
    n.set_results({y[0], y[2]});
}

/// Imports InstanceNormalization, which normalizes over the spatial axes in the input's own type, like all operators
/// older than stash_type.
void import_instance_normalization(source_node& n)
{
    const tensor_type& x = n.type(0);
    if (x.shape.rank < 2) {
        throw unsupported("the input must have a batch and a channel axis, found {}", to_string(x));
    }
    const shape per_channel = then_ones({x.shape[1]}, x.shape.rank - 1);
    n.become<layer_normalization_spec>({.axis = 2, .epsilon = epsilon(n), .stash = x.element},
        {n.required_operand(0), along(n, 1, per_channel), along(n, 2, per_channel)});
}

/// Imports GroupNormalization over the last axes of N x G x C/G x D1 … Dk. Scale and bias are given for each group
/// before opset 21, for each channel since.
void import_group_normalization(source_node& n)
{
    const tensor_type& x = n.type(0);
    const dim groups = n.integer("num_groups", 0);
    if (x.shape.rank < 2 || x.shape.rank == max_rank) {
        throw unsupported("the input must have 2 to {} axes, found {}", max_rank - 1, to_string(x));
    }
    if (groups < 1 || x.shape[1] % groups != 0) {
        throw unsupported("attribute 'num_groups' must divide the channels, found {} of {}", groups, to_string(x));
    }
    shape grouped{x.shape[0], groups, x.shape[1] / groups};
    for (int axis = 2; axis < x.shape.rank; ++axis) {
        grouped.append(x.shape[axis]);
    }
    const shape given = then_ones(n.opset() < 21 ? shape{groups} : shape{groups, grouped[2]}, x.shape.rank);
    const layer_normalization_attributes a{
        .axis = 2, .epsilon = epsilon(n), .stash = n.opset() < 21 ? x.element : stash(n)};
    value* y = n.add<layer_normalization_spec>(
        a, {n.reshaped(n.required_operand(0), grouped), along(n, 1, given), along(n, 2, given)})[0];
    n.set_result(0, n.reshaped(y, x.shape));
}

/// Imports MeanVarianceNormalization as (x - mean) / (sqrt(mean of (x - mean)²) + 1e-9): the constant is that of ONNX's
/// function body, and no attribute changes it.
void import_mean_variance_normalization(source_node& n)
{
    value* x = n.required_operand(0);
    std::vector<dim> axes = n.integers("axes", {0, 2, 3});
    for (dim& a : axes) {
        a = n.axis(a, x->type.shape.rank);
    }
    std::sort(axes.begin(), axes.end());
    const shape over = to_shape(axes);
    value* centered = n.compute(sub(operand<0>, operand<1>), {x, reduced(n, reduction::mean, x, over)});
    value* variance = reduced(n, reduction::mean, n.compute(mul(operand<0>, operand<0>), {centered}), over);
    n.set_result(0, n.compute(div(operand<0>, add(sqrt(operand<1>), 1e-9)), {centered, variance}));
}

void import_lp_normalization(source_node& n)
{
    n.become<lp_normalization_spec>(
        {.axis = n.axis(n.integer("axis", -1), n.type(0).shape.rank), .p = n.integer("p", 2)}, {n.required_operand(0)});
}

void import_lrn(source_node& n)
{
    lrn_attributes a{.size = n.integer("size", 0)};
    a.alpha = n.number("alpha", a.alpha);
    a.beta = n.number("beta", a.beta);
    a.bias = n.number("bias", a.bias);
    n.become<lrn_spec>(a, {n.required_operand(0)});
}

}  // namespace

void add_normalization(operator_table& table)
{
    table.add<layer_normalization_spec>("LayerNormalization", {17}, import_layer_normalization<true>,
        "of float64, outputs Mean and InvStdDev are refused");
    table.add<layer_normalization_spec>("RMSNormalization", {23}, import_layer_normalization<false>);
    table.add<layer_normalization_spec>("SimplifiedLayerNormalization", {1}, import_simplified, "the last axis");
    table.add<layer_normalization_spec>("InstanceNormalization", {1, 6, 22}, import_instance_normalization);
    table.add<layer_normalization_spec>(
        "GroupNormalization", {18, 21}, import_group_normalization, "input of 2 to 7 axes");
    table.add<lp_normalization_spec>("LpNormalization", {1, 22}, import_lp_normalization);
    table.add<floating_elements, reduce_spec, elementwise_spec>(
        "MeanVarianceNormalization", {9, 13}, import_mean_variance_normalization);
    table.add<lrn_spec>("LRN", {1, 13}, import_lrn);
}

}  // namespace cameo::generator
