// Pools on blocked storage: channels across the lanes, one pixel at a time.
#pragma once
#include <cameo/kernel/tile.hpp>
#include <cameo/op/average_pool.hpp>
#include <cameo/op/max_pool.hpp>
#include <limits>

namespace cameo::detail {

/// The taps of a window that lie on the input, along one axis: [first, last).
struct tap_range {
    dim first = 0, last = 0;
};

constexpr tap_range taps_inside(const window& w, int a, dim at, dim taps, dim input)
{
    tap_range range{0, taps};
    while (range.first < taps && w.reads(a, at, range.first) < 0) ++range.first;
    while (range.last > range.first && w.reads(a, at, range.last - 1) >= input) --range.last;
    return range;
}

/// Walks over the windows of a pool over one or two spatial axes of a blocked value. Reduce gives the number to start from, combines two
/// vectors, and finishes the vector of the window at a position.
template <auto S, tensor_type Y, class Reduce>
struct blocked_pool {
    static constexpr auto spec = S;
    static constexpr tensor_type result_type = Y;
    static constexpr stored_extents x{S.x}, y{Y};
    static constexpr halo x_halo = S.x.storage.halo, y_halo = Y.storage.halo;
    static constexpr bool flat = S.x.shape.rank == 3;
    static constexpr dim rows = flat ? 1 : Y.shape[2], columns = Y.shape[Y.shape.rank - 1];
    static constexpr dim x_rows = flat ? 1 : S.x.shape[2], x_columns = S.x.shape[S.x.shape.rank - 1];
    static constexpr dim taps_down = flat ? 1 : S.window.kernel_shape[0], taps_across = S.window.kernel_shape[flat ? 0 : 1];

    static tap_range down(dim row) { return flat ? tap_range{0, 1} : taps_inside(spec.window, 0, row, taps_down, x_rows); }
    static dim reads_row(dim row, dim tap) { return flat ? 0 : spec.window.reads(0, row, tap); }

    static void run(const float* from, float* to) noexcept
    {
        for (dim plane = 0; plane < x.batch * x.channel_blocks; ++plane)
            for (dim row = 0; row < rows; ++row) {
                const tap_range p = down(row);
                float* target = to + plane * y.plane() + (row + y_halo.top) * y.row() + y_halo.left * block;
                for (dim column = 0; column < columns; ++column, target += block) {
                    constexpr int axis = flat ? 0 : 1;
                    const tap_range q = taps_inside(spec.window, axis, column, taps_across, x_columns);
                    const dim first_column = spec.window.reads(axis, column, 0) + x_halo.left;
                    batch value[vectors];
                    for (batch& v : value) v = batch(Reduce::start);
                    for (dim i = p.first; i < p.last; ++i) {
                        const float* source = from + plane * x.plane() + (reads_row(row, i) + x_halo.top) * x.row();
                        for (dim k = q.first; k < q.last; ++k)
                            for (dim v = 0; v < vectors; ++v)
                                value[v] = Reduce::combine(value[v], batch::load_aligned(source + (first_column + k * spec.window.dilation(axis)) * block + v * lanes));
                    }
                    const per_axis at = flat ? per_axis{column} : per_axis{row, column};
                    for (dim v = 0; v < vectors; ++v) Reduce::finish(spec, at, value[v]).store_aligned(target + v * lanes);
                }
            }
    }
};

template <auto S, tensor_type Y>
constexpr bool pools_blocked = S.x.element == element::float32 && S.x.storage.arrangement == arrangement::blocked && Y.storage.arrangement == arrangement::blocked;

}  // namespace cameo::detail
