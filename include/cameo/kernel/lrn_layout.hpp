// Which LRN works on blocks of channels. The generator plans by it; the kernel requires it.
#pragma once
#include <cameo/kernel/layouts.hpp>
#include <cameo/op/lrn.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Tells whether regions reach at most one block beyond the channels. With a positive bias, nothing infinite comes from
/// the padding.
constexpr bool normalizes_blocks(const lrn_spec& s)
{
    return s.x.element == element::float32 && is_image(s.x) && s.x.shape.count() > 0 && s.size <= block && s.bias > 0;
}

/// In blocks where the input already is.
constexpr layouts wanted_layouts(const lrn_spec& s, const layer_context&)
{
    return is_blocked(s.x) && normalizes_blocks(s) ? uniform(in_blocks) : layouts{};
}

}  // namespace cameo::inline CAMEO_TARGET
