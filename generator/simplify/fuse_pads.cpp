// Conv(Pad(x)), and likewise AveragePool and MaxPool → the layer alone with larger pads.
#include "simplify/rewrites.hpp"
#include <algorithm>
#include <limits>

namespace cameo::generator {

namespace {

/// The value that a layer's own padding stands for, and the condition under which it absorbs a Pad.
struct padded_layer {
    double fill;
    bool (*takes)(const onnx::NodeProto&);
};

bool has_no_padding(const onnx::NodeProto& n)
{
    const auto pads = integers_attribute(n, "pads");
    return std::all_of(pads.begin(), pads.end(), [](dim p) { return p == 0; });
}

/// Tells whether a pool has one output and no ceil_mode, whose windows beyond the padding are not filled.
bool is_plain_pool(const onnx::NodeProto& n)
{
    return n.output_size() == 1 && integer_attribute(n, "ceil_mode", 0) == 0;
}

const std::map<std::string, padded_layer>& padded_layers()
{
    static const std::map<std::string, padded_layer> table{
        {"Conv", {0, [](const onnx::NodeProto&) { return true; }}},
        {"AveragePool", {0,
                            [](const onnx::NodeProto& n) {
                                return is_plain_pool(n) &&
                                       (has_no_padding(n) || integer_attribute(n, "count_include_pad", 0) == 1);
                            }}},
        {"MaxPool", {-std::numeric_limits<double>::infinity(), is_plain_pool}},
    };
    return table;
}

/// Returns the constant that a Pad fills with, if it is known.
std::optional<double> fill_of(const source_graph& g, const onnx::NodeProto& pad)
{
    if (text_attribute(pad, "mode", "constant") != "constant") {
        return std::nullopt;
    }
    if (g.opset < 11) {
        return static_cast<double>(number_attribute(pad, "value", 0));
    }
    if (input_of(pad, 2).empty()) {
        return 0;
    }
    const tensor* value = g.constant(input_of(pad, 2));
    return value && value->type.shape.count() == 1 ? std::optional(numbers(*value)[0]) : std::nullopt;
}

/// Returns the pads before and after each axis, if they are constant and cover all axes.
std::vector<dim> pads_of(const source_graph& g, const onnx::NodeProto& pad)
{
    if (g.opset < 11) {
        return integers_attribute(pad, "pads");
    }
    const tensor* pads = g.constant(input_of(pad, 1));
    return pads && input_of(pad, 3).empty() ? integers(*pads) : std::vector<dim>{};
}

/// Tells whether pads are smaller than the window, as pools require.
bool smaller_than_window(const onnx::NodeProto& n, const std::vector<dim>& pads)
{
    const std::vector<dim> window = integers_attribute(n, "kernel_shape");
    if (pads.size() != 2 * window.size()) {
        return false;
    }
    for (std::size_t k = 0; k < pads.size(); ++k) {
        if (pads[k] >= window.at(k % window.size())) {
            return false;
        }
    }
    return true;
}

bool fuse_pad(source_graph& g, onnx::NodeProto& n)
{
    const auto layer = is_standard(n) ? padded_layers().find(n.op_type()) : padded_layers().end();
    if (layer == padded_layers().end() || !layer->second.takes(n)) {
        return false;
    }
    const std::string padding = text_attribute(n, "auto_pad", "NOTSET");
    onnx::NodeProto* pad = g.sole_producer(input_of(n, 0));
    if (!pad || !is(*pad, "Pad") || fill_of(g, *pad) != layer->second.fill ||
        (padding != "NOTSET" && padding != "VALID")) {
        return false;
    }
    const std::vector<dim> added = pads_of(g, *pad);
    const std::size_t rank = added.size() / 2;
    if (rank < 3 || added[0] || added[1] || added[rank] || added[rank + 1] ||
        *std::min_element(added.begin(), added.end()) < 0) {
        return false;
    }
    std::vector<dim> pads = integers_attribute(n, "pads", std::vector<dim>(2 * (rank - 2)));
    if (pads.size() != 2 * (rank - 2)) {
        return false;
    }
    for (std::size_t axis = 0; axis < rank - 2; ++axis) {
        pads[axis] += added[axis + 2];
        pads[axis + rank - 2] += added[axis + rank + 2];
    }
    if (!is(n, "Conv") && !smaller_than_window(n, pads)) {
        return false;
    }
    const std::string operand = input_of(*pad, 0);
    g.remove(*pad);
    g.edit(n, [&](onnx::NodeProto& m) {
        m.set_input(0, operand);
        erase_attribute(m, "auto_pad");
        set_attribute(m, "pads", pads);
        if (is(m, "AveragePool")) {
            set_attribute(m, "count_include_pad", 1);
        }
    });
    return true;
}

}  // namespace

/// Merges a Pad into the convolution or pool that is its only reader.
bool fuse_pads(source_graph& g) { return at_each_node<fuse_pad>(g); }

}  // namespace cameo::generator
