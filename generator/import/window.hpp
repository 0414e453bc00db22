// The window attributes of convolutions and pools, with auto_pad and ceil_mode resolved to pads where the
// extents are known.
#pragma once
#include "import/source_node.hpp"
#include <cameo/op/window.hpp>

namespace cameo::generator {

/// Reads strides, dilations, pads and auto_pad of a node whose window has `taps` over an input of `extents` (spatial
/// axes only).
window import_window(const source_node& n, const shape& extents, const shape& taps);

/// Reads the window of a pool over operand 0, and ceil_mode.
window import_pool_window(const source_node& n);

/// Returns the attributes of a spec with pads for auto_pad and ceil_mode. Where extents are open, and pads depend on
/// them, the network settles that.
template <class Spec>
typename Spec::attributes with_settled_window(const source_node& n, const Spec& s)
{
    return n.for_any_size() && s.window.strides.rank > 0 ? s : settled(s);
}

/// Does the same for a transposed convolution, with output_shape and output_padding resolved: pads are cut from the
/// result, or added to it if negative.
window import_transposed_window(const source_node& n, const shape& extents, const shape& taps);

}  // namespace cameo::generator
