// Which storage the fast path of unfold reads and writes. The generator plans by it; the kernel requires it.
#pragma once
#include <algorithm>
#include <cameo/kernel/layouts.hpp>
#include <cameo/op/unfold.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Returns the halo that windows read around the input.
constexpr halo needed_halo(const unfold_spec& s)
{
    const auto after = [&](int a) { return s.window.reads_beyond(a, s.x.shape[a + 2], s.window.kernel_shape[a]); };
    return {std::max<dim>(0, s.window.pad_begin(0)), std::max<dim>(0, s.window.pad_begin(1)), after(0), after(1)};
}

/// Returns the layout of the input, which is padded only if windows reach beyond it.
constexpr layout input_layout(const unfold_spec& s)
{
    return needed_halo(s) == halo{} ? layout::plain : layout::row_major_padded;
}

constexpr bool unfolds_into_blocks(const unfold_spec& s)
{
    return s.x.element == element::float32 && result(s).shape.count() > 0;
}

constexpr layouts wanted_layouts(const unfold_spec& s, const layer_context&)
{
    if (!unfolds_into_blocks(s)) {
        return {};
    }
    layouts wanted{.result = in_blocks};
    wanted.operands[0].layout = input_layout(s);
    return wanted;
}

}  // namespace cameo::inline CAMEO_TARGET
