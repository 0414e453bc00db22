// The ring in which a history keeps the past. The generator plans by it; the kernel requires it.
//
// A row of the ring has 2 L columns: twice the same L samples, L a multiple of n that holds P + n. Run r writes its n
// samples at r n mod L and again L columns later. So the P + n columns that end with the later copy are always the last
// samples in their order: the result is a window into the ring, and no sample is ever moved.
#pragma once
#include <cameo/kernel/layouts.hpp>
#include <cameo/op/history.hpp>

namespace cameo::inline CAMEO_TARGET {

/// Returns L, the columns of half a row of the ring.
constexpr dim ring_columns(const history_spec& s) { return (s.kept() + 2 * s.fresh() - 1) / s.fresh() * s.fresh(); }

/// Returns the storage of the state: padded or blocked, with a halo to the right as the room for the rest of the ring.
constexpr storage ring_storage(const history_spec& s, layout a)
{
    return {a, {0, 0, 0, 2 * ring_columns(s) - s.kept()}};
}

/// Returns the storage of the result.
constexpr storage window_storage(const history_spec& s, layout a)
{
    storage window{a};
    window.pitch = 2 * ring_columns(s);
    return window;
}

/// Tells whether the past is in a ring, the result is a window into it, and new samples can be copied there row by row.
constexpr bool stored_in_ring(const history_spec& s, const tensor_type& y)
{
    const layout a = s.past.storage.layout, of_samples = s.x.storage.layout;
    if (a != layout::row_major_padded && a != layout::blocked) {
        return false;
    }
    const bool copies = of_samples == a || (of_samples == layout::plain && a == layout::row_major_padded);
    return copies && s.past.storage == ring_storage(s, a) && y.storage == window_storage(s, a);
}

/// A window into the ring in which the past lies; the definition where it lies in no ring.
constexpr layouts wanted_layouts(const history_spec& s, const layer_context&)
{
    layouts wanted;
    if (s.past.storage == storage{}) {
        return wanted;
    }
    const layout ring = s.past.storage.layout, found = s.x.storage.layout;
    const bool by_rows = ring == layout::row_major_padded && (found == layout::plain || found == ring);
    wanted.operands[0].layout = by_rows ? found : ring;
    wanted.operands[1] = s.past.storage;
    wanted.result = window_storage(s, ring);
    return wanted;
}

constexpr operand_place lies_in(const history_spec&, const tensor_type& y)
{
    return {y.storage.pitch != 0 ? 1 : -1, 0};
}

}  // namespace cameo::inline CAMEO_TARGET
