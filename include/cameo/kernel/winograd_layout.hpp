// Which storage the fast path of winograd reads and writes. The generator plans by it; the kernel requires it.
#pragma once
#include <cameo/kernel/layouts.hpp>
#include <cameo/op/winograd.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Returns the halo: the padding, and zeros that the last tiles read beyond it.
constexpr halo needed_halo(const winograd_spec& s)
{
    const auto after = [&](int a) {
        const dim read = (s.tiles(a) * s.tile + s.phase_taps() - 1) * s.stride();
        return std::max<dim>(0, read - s.window.pad_begin(a) - s.x.shape[a + 2]);
    };
    return {s.window.pad_begin(0), s.window.pad_begin(1), after(0), after(1)};
}

constexpr bool stored_for_tiles(const winograd_spec& s, const tensor_type& y)
{
    const auto blocked = [](const tensor_type& t) { return !t.present() || is_blocked(t); };
    return s.x.element == element::float32 && is_blocked(s.x) && contains(s.x.storage.halo, needed_halo(s)) &&
           s.w.storage.layout == layout::filter_blocked && blocked(s.b) && blocked(s.residual) && is_blocked(y);
}

constexpr layouts wanted_layouts(const winograd_spec&, const layer_context&)
{
    layouts wanted = uniform(in_blocks);
    wanted.operands[1].layout = layout::filter_blocked;
    return wanted;
}

}  // namespace cameo::inline CAMEO_TARGET
