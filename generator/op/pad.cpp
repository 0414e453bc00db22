#include "graph/define_operation.hpp"
#include "import/operator_table.hpp"
#include <algorithm>
#include <cameo/op/pad.hpp>
#include <numeric>

namespace cameo::generator {

template class operation_of<pad_spec>;

namespace {

pad_mode mode(const source_node& n)
{
    const std::string text = n.text("mode", "constant");
    if (text == "constant") return pad_mode::constant;
    if (text == "reflect") return pad_mode::reflect;
    if (text == "edge") return pad_mode::edge;
    if (text == "wrap" && n.opset() >= 19) return pad_mode::wrap;
    throw unsupported("attribute 'mode' must be constant, reflect, edge or, since opset 19, wrap");
}

/// What is padded with; null where it is 0. An attribute before opset 11.
value* constant_value(source_node& n, pad_mode mode)
{
    if (n.opset() >= 11) {
        value* v = n.operand(2);
        const bool zero = v && v->data && v->type.shape.count() == 1 && numbers(*v->data)[0] == 0;
        return zero || mode != pad_mode::constant ? nullptr : v;
    }
    const double number = n.number("value", 0);
    if (number == 0 || mode != pad_mode::constant) return nullptr;
    tensor t({n.type(0).element, {}});
    with_elements(t, [&]<class T>(std::span<T> one) { one[0] = static_cast<T>(number); });
    return n.add_constant(std::move(t));
}

/// Begin and end of every axis. ONNX's list has all beginnings before all ends, since opset 18 of the named axes only.
void set_pads(pad_attributes& a, const source_node& n, int rank)
{
    const std::vector<dim> pads = n.integers_or_operand(n.opset() == 1 ? "paddings" : "pads", 1, 11);
    std::vector<dim> axes(static_cast<std::size_t>(rank));
    std::iota(axes.begin(), axes.end(), 0);
    if (n.opset() >= 18) axes = n.constant_integers(3, "axes", axes);
    if (pads.size() != 2 * axes.size()) throw unsupported("{} pads for {} axes", pads.size(), axes.size());
    for (int axis = 0; axis < rank; ++axis) {
        a.begin.append(0);
        a.end.append(0);
    }
    for (std::size_t i = 0; i < axes.size(); ++i) {
        const int axis = n.axis(axes[i], rank);
        a.begin[axis] = pads[i];
        a.end[axis] = pads[i + axes.size()];
    }
}

void import_pad(source_node& n)
{
    pad_attributes a;
    a.mode = mode(n);
    set_pads(a, n, n.type(0).shape.rank);
    value* with = constant_value(n, a.mode);
    if (a.begin.extent == per_axis{} && a.end.extent == per_axis{}) return n.set_result(0, n.need(0));
    n.become<pad_spec>(a, {n.need(0), with});
}

}  // namespace

void add_pad(operator_table& table) { table.add("Pad", {1, 2, 11, 13, 18, 19, 21, 23, 24, 25}, import_pad); }

}  // namespace cameo::generator
