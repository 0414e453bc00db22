// The window attributes of convolutions and pools, with auto_pad and ceil_mode resolved to pads.
#pragma once
#include "import/source_node.hpp"
#include <cameo/op/conv.hpp>

namespace cameo::generator {

/// Reads strides, dilations, pads and auto_pad of a node whose window has `taps` over an input of `extents` (spatial
/// axes only).
window import_window(const source_node& n, const shape& extents, const shape& taps);

/// The attributes of a convolution of an input by filters of these shapes. Defined with Conv.
conv_attributes import_convolution(source_node& n, const shape& input, const shape& filters);

/// The window of a pool with a kernel_shape over operand 0, ceil_mode settled: pads_end admit the windows that it adds
/// or drops.
window import_pool_window(const source_node& n);

/// The same for a transposed convolution, output_shape and output_padding settled: pads are what is cut from the
/// result, or added where negative.
window import_transposed_window(const source_node& n, const shape& extents, const shape& taps);

/// Empty where every element is `neutral`: lists that say nothing are left out of specs and headers.
shape unless_all(const shape& list, dim neutral);

}  // namespace cameo::generator
