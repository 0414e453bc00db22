// Declares what a node does to each channel of an operand, where that is a constant factor and summand.
#pragma once
#include "simplify/rewrites.hpp"

namespace cameo::generator {

struct scale_shift {
    std::vector<double> scale, shift;
};

/// The place of channels in an operand.
struct channel_axis {
    int axis, rank;
    dim channels;
};

/// Returns what the node does to operand k; nothing if that is something else, or if its numbers are not constant.
std::optional<scale_shift> scale_shift_of(
    const source_graph& g, const onnx::NodeProto& n, int k, const channel_axis& of);

}  // namespace cameo::generator
