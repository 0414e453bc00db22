// The window attributes of convolutions and pools, with auto_pad and ceil_mode resolved to pads.
#pragma once
#include "import/source_node.hpp"
#include <cameo/op/window.hpp>

namespace cameo::generator {

/// Reads strides, dilations, pads and auto_pad of a node whose window has `taps` over an input of `extents` (spatial
/// axes only).
window import_window(const source_node& n, const shape& extents, const shape& taps);

/// Reads the window of a pool over operand 0. ceil_mode is resolved: pads_end admits the windows that it adds or drops.
window import_pool_window(const source_node& n);

/// Does the same for a transposed convolution, with output_shape and output_padding resolved: pads are cut from the
/// result, or added to it if negative.
window import_transposed_window(const source_node& n, const shape& extents, const shape& taps);

/// Returns an empty list if every element is `neutral`: such lists are left out of specs and headers.
shape unless_all(const shape& list, dim neutral);

}  // namespace cameo::generator
