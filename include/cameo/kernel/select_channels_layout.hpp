// Which channels can be selected block by block. The generator plans by it; the kernel requires it.
#pragma once
#include <cameo/kernel/layouts.hpp>
#include <cameo/op/select_channels.hpp>

namespace cameo::inline CAMEO_TARGET {

constexpr bool selects_blocks(const select_channels_spec& s)
{
    return s.x[0].element == element::float32 && is_image(s.x[0]) && result(s).shape.count() > 0;
}

/// In blocks where the input already is.
constexpr layouts wanted_layouts(const select_channels_spec& s, const layer_context&)
{
    return reads_blocks(s.x) && selects_blocks(s) ? uniform(in_blocks) : layouts{};
}

}  // namespace cameo::inline CAMEO_TARGET
