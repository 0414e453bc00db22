// Imports Pad and CenterCropPad.
#include "import/operator_table.hpp"
#include <algorithm>
#include <cameo/op/cast.hpp>
#include <cameo/op/pad.hpp>
#include <numeric>

namespace cameo::generator {

namespace {

pad_mode mode_of(const source_node& n)
{
    const std::string text = n.text("mode", "constant");
    if (text == "constant") {
        return pad_mode::constant;
    }
    if (text == "reflect") {
        return pad_mode::reflect;
    }
    if (text == "edge") {
        return pad_mode::edge;
    }
    if (text == "wrap" && n.opset() >= 19) {
        return pad_mode::wrap;
    }
    throw unsupported("attribute 'mode' must be constant, reflect, edge or, since opset 19, wrap");
}

/// Returns the constant to pad with; null if it is 0. It is an attribute before opset 11.
value* constant_value(source_node& n, pad_mode mode)
{
    if (n.opset() >= 11) {
        value* v = n.operand(2);
        const bool zero = v && v->data && v->type.shape.count() == 1 && numbers(*v->data)[0] == 0;
        return zero || mode != pad_mode::constant ? nullptr : v;
    }
    const double number = n.number("value", 0);
    if (number == 0 || mode != pad_mode::constant) {
        return nullptr;
    }
    tensor t({n.type(0).element, {}});
    with_elements(t, [&]<class T>(std::span<T> one) { one[0] = cameo::detail::convert<T>(number); });
    return n.add_constant(std::move(t));
}

shape zeros(int rank)
{
    shape s;
    s.rank = rank;
    return s;
}

/// Sets begin and end of every axis. ONNX's list has all begins before all ends, since opset 18 of the named axes only.
void set_pads(pad_attributes& a, const source_node& n, int rank)
{
    const std::vector<dim> pads = n.integers_or_operand(n.opset() == 1 ? "paddings" : "pads", 1, 11);
    std::vector<dim> axes(static_cast<std::size_t>(rank));
    std::iota(axes.begin(), axes.end(), 0);
    if (n.opset() >= 18) {
        axes = n.constant_integers(3, "axes", axes);
    }
    if (pads.size() != 2 * axes.size()) {
        throw unsupported("{} pads for {} axes", pads.size(), axes.size());
    }
    a.begin = a.end = zeros(rank);
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const int axis = n.axis(axes[i], rank);
        a.begin[axis] = pads[i];
        a.end[axis] = pads[i + axes.size()];
    }
}

void become_padded(source_node& n, const pad_attributes& a, value* with)
{
    if (a.begin.extent == per_axis{} && a.end.extent == per_axis{}) {
        return n.set_result(0, n.required_operand(0));
    }
    n.become<pad_spec>(a, {n.required_operand(0), with});
}

void import_pad(source_node& n)
{
    pad_attributes a;
    a.mode = mode_of(n);
    set_pads(a, n, n.type(0).shape.rank);
    value* with = constant_value(n, a.mode);
    become_padded(n, a, with);
}

/// Imports CenterCropPad: zeros are added to both sides, or elements removed from both, with an odd one at the end.
void import_center_crop_pad(source_node& n)
{
    const shape& x = n.type(0).shape;
    n.required_operand(1);
    const std::vector<dim> to = n.constant_integers(1, "shape");
    std::vector<dim> axes(static_cast<std::size_t>(x.rank));
    std::iota(axes.begin(), axes.end(), 0);
    axes = n.integers("axes", axes);
    if (to.size() != axes.size()) {
        throw unsupported("{} extents for {} axes", to.size(), axes.size());
    }
    pad_attributes a{.begin = zeros(x.rank), .end = zeros(x.rank)};
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const int axis = n.axis(axes[i], x.rank);
        if (to[i] < 0 || to[i] > max_count) {
            throw unsupported("operand 'shape' has an extent of {}", to[i]);
        }
        const dim more = to[i] - x[axis];
        a.begin[axis] = more / 2;
        a.end[axis] = more - more / 2;
    }
    become_padded(n, a, nullptr);
}

}  // namespace

void add_pad(operator_table& table)
{
    table.add<pad_spec>("Pad", {1, 2, 11, 13, 18, 19, 21, 23, 24, 25}, import_pad, "`pads` and `axes` are constant");
    table.add<pad_spec>("CenterCropPad", {18}, import_center_crop_pad, "`shape` is constant");
}

}  // namespace cameo::generator
