// The domain of operators that onnxruntime's quantizer and optimizers write.
#pragma once
#include "import/source_node.hpp"

namespace cameo::generator {

inline constexpr const char* microsoft_domain = "com.microsoft";

/// Refuses a layout that the optimizers choose for one kind of processor.
inline void refuse_channels_last(const source_node& n)
{
    if (n.integer("channels_last", 0) != 0) {
        throw unsupported("attribute 'channels_last' must be 0: optimize the file at level extended or below");
    }
}

}  // namespace cameo::generator
