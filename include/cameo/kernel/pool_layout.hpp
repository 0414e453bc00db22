// How pools lie in memory: in blocks of channels where that is worth a reorder.
#pragma once
#include <cameo/kernel/layouts.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// In blocks where the input already is, or fills one. Indices are those of row-major memory: the definition has them.
template <class Spec>
constexpr layouts layouts_of_pool(const Spec& s, const layer_context& c)
{
    const bool takes = (s.x.element == element::float32 || s.x.element == element::uint8) && is_image(s.x);
    const bool worth_it = takes && (is_blocked(s.x) || s.x.shape[1] >= block);
    return worth_it && !c.is_read[1] ? uniform(in_blocks) : layouts{};
}

}  // namespace detail

}  // namespace cameo::inline CAMEO_TARGET
