// BatchNormalization, or Mul, Add, … of constants, after Conv, ConvTranspose or Gemm → the layer with changed weights.
#include "simplify/scale_shift.hpp"

namespace cameo::generator {

namespace {

/// Maps the position of a weight to its output channel.
using weight_channel = std::function<std::size_t(std::size_t)>;

/// A layer whose weight and bias can absorb a factor and a summand for each channel of its result.
struct weighted_layer {
    channel_axis channels;
    weight_channel channel_of;
};

weight_channel along(const shape& w, int axis)
{
    const std::size_t inner = index(w.count(axis + 1, w.rank)), extent = index(w[axis]);
    return [=](std::size_t i) { return i / inner % extent; };
}

std::optional<weighted_layer> convolution(const source_graph&, const onnx::NodeProto&, const shape& w)
{
    return weighted_layer{{1, w.rank, w[0]}, along(w, 0)};
}

/// Describes ConvTranspose: filters of a group are [input, output], and groups follow one another along the first axis.
std::optional<weighted_layer> transposed_convolution(const source_graph&, const onnx::NodeProto& n, const shape& w)
{
    const dim group = integer_attribute(n, "group", 1);
    if (group < 1 || w[0] % group) {
        return std::nullopt;
    }
    const std::size_t inner = index(w.count(2, w.rank)), of_group = index(w[1]), inputs = index(w[0] / group);
    return weighted_layer{{1, w.rank, w[1] * group},
        [=](std::size_t i) { return i / inner / of_group / inputs * of_group + i / inner % of_group; }};
}

std::optional<weighted_layer> dense(const source_graph& g, const onnx::NodeProto& n, const shape& w)
{
    const int axis = integer_attribute(n, "transB", 0) ? 0 : 1;
    const tensor* bias = g.constant(input_of(n, 2));
    const bool bias_per_column =
        !bias || bias->type.shape.count() == 1 ||
        (bias->type.shape.count() == w[axis] && bias->type.shape[bias->type.shape.rank - 1] == w[axis]);
    if (g.opset < 7 || number_attribute(n, "alpha", 1) != 1 || number_attribute(n, "beta", 1) != 1 ||
        !bias_per_column) {
        return std::nullopt;
    }
    return weighted_layer{{1, 2, w[axis]}, along(w, axis)};
}

std::optional<weighted_layer> layer_of(const source_graph& g, const onnx::NodeProto& n)
{
    static const std::map<std::string,
        std::optional<weighted_layer> (*)(const source_graph&, const onnx::NodeProto&, const shape&)>
        table{{"Conv", convolution}, {"ConvTranspose", transposed_convolution}, {"Gemm", dense}};
    const auto found = is_standard(n) ? table.find(n.op_type()) : table.end();
    const tensor* w = g.constant(input_of(n, 1));
    const std::string& bias = input_of(n, 2);
    if (found == table.end() || !w || w->type.shape.rank < 2 || (!bias.empty() && !g.constant(bias))) {
        return std::nullopt;
    }
    if (w->type.element != element::float32 && w->type.element != element::float64) {
        return std::nullopt;
    }
    const auto layer = found->second(g, n, w->type.shape);
    const dim summands = bias.empty() ? 1 : g.constant(bias)->type.shape.count();
    return layer && (summands == 1 || summands == layer->channels.channels) ? layer : std::nullopt;
}

/// Makes a tensor of this type from a function of the position.
tensor like(const tensor_type& type, const std::function<double(std::size_t)>& at)
{
    tensor t(type);
    const auto fill = [&](auto elements) {
        for (std::size_t i = 0; i < elements.size(); ++i) {
            elements[i] = static_cast<typename decltype(elements)::value_type>(at(i));
        }
    };
    if (type.element == element::float64) {
        fill(t.as<double>());
    } else {
        fill(t.as<float>());
    }
    return t;
}

void scale(source_graph& g, onnx::NodeProto& n, const weighted_layer& layer, const scale_shift& by)
{
    const tensor& w = *g.constant(input_of(n, 1));
    const std::vector<double> weight = numbers(w), old = input_of(n, 2).empty() ? std::vector<double>{0}
                                                                                : numbers(*g.constant(input_of(n, 2)));
    const bool scales = std::any_of(by.scale.begin(), by.scale.end(), [](double s) { return s != 1; });
    const std::string scaled =
        scales ? g.add_constant(input_of(n, 1),
                     like(w.type, [&](std::size_t i) { return weight[i] * by.scale[layer.channel_of(i)]; }))
               : input_of(n, 1);
    const tensor bias = like({w.type.element, {layer.channels.channels}},
        [&](std::size_t c) { return old[old.size() == 1 ? 0 : c] * by.scale[c] + by.shift[c]; });
    const std::string moved = g.add_constant(input_of(n, 2).empty() ? input_of(n, 1) + "_bias" : input_of(n, 2), bias);
    g.edit(n, [&](onnx::NodeProto& m) {
        m.set_input(1, scaled);
        while (m.input_size() < 3) {
            m.add_input("");
        }
        m.set_input(2, moved);
    });
}

bool fuse_factor(source_graph& g, onnx::NodeProto& n)
{
    for (int k = 0; k < n.input_size(); ++k) {
        onnx::NodeProto* producer = g.sole_producer(input_of(n, k));
        const auto layer = producer ? layer_of(g, *producer) : std::nullopt;
        const auto by = layer ? scale_shift_of(g, n, k, layer->channels) : std::nullopt;
        if (!by) {
            continue;
        }
        scale(g, *producer, *layer, *by);
        g.take_over(*producer, n);
        return true;
    }
    return false;
}

}  // namespace

/// Folds BatchNormalization, and whatever else scales and shifts channels by constants, into the layer before it.
/// Factors are computed in double.
bool fuse_scale_shift(source_graph& g) { return at_each_node<fuse_factor>(g); }

}  // namespace cameo::generator
