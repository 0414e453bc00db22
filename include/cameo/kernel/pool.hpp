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
    static constexpr bool flat = S.x.shape.rank == 3;
    static constexpr dim taps_down = flat ? 1 : S.window.kernel_shape[0], taps_across = S.window.kernel_shape[flat ? 0 : 1];

    static tap_range down(dim row) { return flat ? tap_range{0, 1} : taps_inside(spec.window, 0, row, taps_down, x.rows); }
    static dim reads_row(dim row, dim tap) { return flat ? 0 : spec.window.reads(0, row, tap); }

    static void run(const float* from, float* to) noexcept
    {
        for (dim plane = 0; plane < x.planes(); ++plane)
            for (dim row = 0; row < y.rows; ++row) {
                const tap_range p = down(row);
                float* target = to + plane * y.plane() + y.place(0, 0, row);
                for (dim column = 0; column < y.columns; ++column, target += block) {
                    constexpr int axis = flat ? 0 : 1;
                    const tap_range q = taps_inside(spec.window, axis, column, taps_across, x.columns);
                    const dim first_column = spec.window.reads(axis, column, 0);
                    batch value[vectors];
                    for (batch& v : value) v = batch(Reduce::start);
                    for (dim i = p.first; i < p.last; ++i) {
                        const float* source = from + plane * x.plane() + x.place(0, 0, reads_row(row, i), first_column);
                        for (dim k = q.first; k < q.last; ++k)
                            for (dim v = 0; v < vectors; ++v)
                                value[v] = Reduce::combine(value[v], batch::load_aligned(source + k * spec.window.dilation(axis) * block + v * lanes));
                    }
                    const per_axis at = flat ? per_axis{column} : per_axis{row, column};
                    for (dim v = 0; v < vectors; ++v) Reduce::finish(spec, at, value[v]).store_aligned(target + v * lanes);
                }
            }
    }
};

template <auto S, tensor_type Y>
constexpr bool pools_blocked = S.x.element == element::float32 && is_blocked(S.x) && is_blocked(Y);

}  // namespace cameo::detail
