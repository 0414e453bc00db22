// Recognizes nodes that scale and shift channels by constants: Add, Sub, Mul, Div and BatchNormalization.
#include "simplify/scale_shift.hpp"
#include <algorithm>
#include <cmath>

namespace cameo::generator {

namespace {

/// Returns scale and shift of y = scale x + shift for a constant c and an operand x, which is the first or the second.
using affine = std::pair<double, double> (*)(double c, bool x_is_first);

const std::map<std::string, affine>& affine_operators()
{
    static const std::map<std::string, affine> table{
        {"Add", [](double c, bool) { return std::pair(1.0, c); }},
        {"Sub", [](double c, bool x_is_first) { return x_is_first ? std::pair(1.0, -c) : std::pair(-1.0, c); }},
        {"Mul", [](double c, bool) { return std::pair(c, 0.0); }},
        {"Div", [](double c,
                    bool x_is_first) { return x_is_first ? std::pair(1 / c, 0.0) : std::pair(std::nan(""), 0.0); }},
    };
    return table;
}

/// Returns one number for each channel of a constant that broadcasts along the other axes.
std::vector<double> per_channel(const tensor* t, const channel_axis& of)
{
    if (!t || t->type.shape.rank > of.rank) {
        return {};
    }
    const int axis = of.axis - (of.rank - t->type.shape.rank);
    const bool one = t->type.shape.count() == 1,
               each = axis >= 0 && t->type.shape[axis] == of.channels && t->type.shape.count() == of.channels;
    std::vector<double> all = one || each ? numbers(*t) : std::vector<double>{};
    if (one) {
        all.resize(index(of.channels), all[0]);
    }
    return all;
}

std::optional<scale_shift> of_elementwise(
    const source_graph& g, const onnx::NodeProto& n, int k, const channel_axis& of)
{
    const auto found = affine_operators().find(n.op_type());
    if (found == affine_operators().end() || n.input_size() != 2 || g.opset < 7) {
        return std::nullopt;
    }
    const std::vector<double> constants = per_channel(g.constant(input_of(n, 1 - k)), of);
    if (constants.empty()) {
        return std::nullopt;
    }
    scale_shift result;
    for (const double c : constants) {
        const auto [scale, shift] = found->second(c, k == 0);
        if (!std::isfinite(scale)) {
            return std::nullopt;
        }
        result.scale.push_back(scale);
        result.shift.push_back(shift);
    }
    return result;
}

std::optional<scale_shift> of_batch_normalization(
    const source_graph& g, const onnx::NodeProto& n, int k, const channel_axis& of)
{
    if (k != 0 || of.axis != 1 || n.input_size() != 5 || n.output_size() != 1 ||
        integer_attribute(n, "training_mode", 0) || !integer_attribute(n, "spatial", 1)) {
        return std::nullopt;
    }
    std::array<std::vector<double>, 4> statistics;  // scale, bias, mean, variance
    for (int i = 0; i < 4; ++i) {
        const tensor* t = g.constant(input_of(n, i + 1));
        if (!t || t->type.shape != shape{of.channels}) {
            return std::nullopt;
        }
        statistics[index(i)] = numbers(*t);
    }
    const double epsilon = static_cast<double>(number_attribute(n, "epsilon", 1e-5F));
    scale_shift result;
    for (std::size_t c = 0; c < index(of.channels); ++c) {
        result.scale.push_back(statistics[0][c] / std::sqrt(statistics[3][c] + epsilon));
        result.shift.push_back(statistics[1][c] - statistics[2][c] * result.scale[c]);
    }
    return result;
}

}  // namespace

std::optional<scale_shift> scale_shift_of(
    const source_graph& g, const onnx::NodeProto& n, int k, const channel_axis& of)
{
    if (is(n, "BatchNormalization")) {
        return of_batch_normalization(g, n, k, of);
    }
    return is_standard(n) ? of_elementwise(g, n, k, of) : std::nullopt;
}

}  // namespace cameo::generator
