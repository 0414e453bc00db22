// Which channels can be selected block by block. The generator plans by it; the kernel requires it.
#pragma once
#include <cameo/op/select_channels.hpp>

namespace cameo::inline CAMEO_TARGET {

constexpr bool selects_blocks(const select_channels_spec& s)
{
    return s.x[0].element == element::float32 && is_image(s.x[0]) && result(s).shape.count() > 0;
}

}  // namespace cameo::inline CAMEO_TARGET
