// Which normalizations go over rows and which over planes of blocks. The generator plans by it; the kernels require it.
#pragma once
#include <cameo/kernel/layouts.hpp>
#include <cameo/op/layer_normalization.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Tells whether rows are normalized: contiguous ones in plain storage, in the type of their elements.
constexpr bool normalizes_rows(const layer_normalization_spec& s)
{
    const auto plain = [](const tensor_type& t) { return t.storage == storage{}; };
    return s.stash == s.x.element && plain(s.x) && plain(s.scale) && plain(s.bias) && s.x.shape.count() > 0;
}

/// Tells whether planes are normalized: InstanceNormalization of an image, whose channels are in lanes, with one plain
/// scale and bias for each channel.
constexpr bool normalizes_planes(const layer_normalization_spec& s)
{
    const auto per_channel = [&](const tensor_type& t) {
        const per_axis strides = broadcast_strides(t.shape, s.x.shape);
        return t.storage == storage{} && t.shape.count() == s.x.shape[1] && (s.x.shape[1] == 1 || strides[1] == 1);
    };
    return s.axis == 2 && s.x.element == element::float32 && s.stash == element::float32 && is_image(s.x) &&
           s.x.shape.count() > 0 && per_channel(s.scale) && (!s.bias.present() || per_channel(s.bias));
}

/// Instances are normalized in blocks where they already are; scale and bias stay as they lie.
constexpr layouts wanted_layouts(const layer_normalization_spec& s, const layer_context& c)
{
    layouts wanted;
    if (is_blocked(s.x) && c.is_read[0] && !c.is_read[1] && !c.is_read[2] && normalizes_planes(s)) {
        wanted.operands[0] = wanted.result = in_blocks;
    }
    return wanted;
}

}  // namespace cameo::inline CAMEO_TARGET
