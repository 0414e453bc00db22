// How the axes of a result come from those of the operands. An operator says it once, beside its spec; streaming and
// extents that the data decide only ask.
//
// `flow_of(spec, operand, part)` tells what becomes of one axis of an operand, or of a part of it. An operator without
// it mixes all axes. `attributes_for_part(spec, axis, start, extent)` are the attributes with which the operator
// computes only so many elements along an axis of its result, from a part of its operand that has all that their
// windows read: without pads, and the first of them from element `start` on.
#pragma once
#include <cameo/op/layer.hpp>
#include <string_view>

namespace cameo::inline CAMEO_TARGET {

enum class flow : std::uint8_t {
    preserved,   ///< element i of the axis is used for element i of an axis of the result alone
    repeated,    ///< the axis has one element, which is used for all of an axis of the result
    windowed,    ///< element i of an axis of the result is computed from a window over the axis
    sequential,  ///< element i of an axis of the result is computed from element i and the state after those before
    mixed,       ///< anything else: reduced, split, joined with other elements
};

/// Element i of the axis is element (b * extent + i) * after + a of axis `axis` of a tensor, for all b < before and
/// a < after: Reshape joins axes so.
struct axis_part {
    int axis = 0;
    dim before = 1, extent = 1, after = 1;

    constexpr bool is_whole_axis() const { return before == 1 && after == 1; }
};

struct axis_flow {
    cameo::flow flow = cameo::flow::mixed;
    axis_part to{};          ///< of the result, unless the axis is mixed
    std::string_view why{};  ///< what the operator does to a mixed axis: "sums up"

    // Of a windowed axis: element i of the result reads elements i * stride + tap * dilation - pad_begin.
    dim window = 1, stride = 1, dilation = 1, pad_begin = 0, pad_end = 0;
    int padding = -1;  ///< the operand that is read outside of the axis, if it is there; zeros otherwise
};

constexpr axis_flow preserved(const axis_part& part, int axis)
{
    return {flow::preserved, {axis, part.before, part.extent, part.after}};
}

constexpr axis_flow mixed(std::string_view why) { return {.why = why}; }

/// Of an operand that is broadcast to the result, as numpy does it.
constexpr axis_flow broadcast_flow(const tensor_type& operand, const tensor_type& result, const axis_part& part)
{
    const int axis = part.axis + result.shape.rank - operand.shape.rank;
    return {
        operand.shape[part.axis] == 1 ? flow::repeated : flow::preserved, {axis, part.before, part.extent, part.after}};
}

/// An initial state of a recurrent layer, by its operand, and the final one, by its result.
struct carried_state {
    int operand = 0, result = 0;
};

}  // namespace cameo::inline CAMEO_TARGET
