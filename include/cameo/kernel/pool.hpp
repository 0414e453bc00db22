// Pools on blocked storage: channels fill the lanes, one pixel at a time.
#pragma once
#include <cameo/kernel/register_tile.hpp>
#include <cameo/op/average_pool.hpp>
#include <cameo/op/max_pool.hpp>
#include <limits>

namespace cameo::inline CAMEO_TARGET::detail {

/// The window of a pool.
template <class Spec>
constexpr window window_of(const Spec& s)
{
    if constexpr (requires { s.window; }) {
        return s.window;
    } else {
        return s.on_numbers().window;
    }
}

/// The taps of a window that lie on the input, along one axis: [first, last).
struct tap_range {
    dim first = 0, last = 0;
};

constexpr tap_range taps_inside(const window& w, int a, dim at, dim taps, dim input)
{
    tap_range range{0, taps};
    while (range.first < taps && w.reads(a, at, range.first) < 0) {
        ++range.first;
    }
    while (range.last > range.first && w.reads(a, at, range.last - 1) >= input) {
        --range.last;
    }
    return range;
}

/// Visits the windows of a pool over one or two spatial axes of a blocked value. Reduce provides the vector to start
/// from, combines it with vectors of the input, and finishes and stores the result at a position.
template <auto S, tensor_type Y, class Reduce>
struct blocked_pool {
    static constexpr stored_extents x{S.x}, y{Y};
    static constexpr window sliding = window_of(S);
    static constexpr bool flat = S.x.shape.rank == 3;
    static constexpr dim taps_down = flat ? 1 : sliding.kernel_shape[0],
                         taps_across = sliding.kernel_shape[flat ? 0 : 1];

    static tap_range down(dim row) { return flat ? tap_range{0, 1} : taps_inside(sliding, 0, row, taps_down, x.rows); }
    static dim reads_row(dim row, dim tap) { return flat ? 0 : sliding.reads(0, row, tap); }

    template <class T, class R>
    static void run(const T* from, R* to) noexcept
    {
        for (dim plane = 0; plane < x.planes(); ++plane) {
            for (dim row = 0; row < y.rows; ++row) {
                const tap_range p = down(row);
                R* target = to + plane * y.plane() + y.place(0, 0, row);
                for (dim column = 0; column < y.columns; ++column, target += block) {
                    constexpr int axis = flat ? 0 : 1;
                    const tap_range q = taps_inside(sliding, axis, column, taps_across, x.columns);
                    const dim first_column = sliding.reads(axis, column, 0);
                    using vector = typename Reduce::vector;
                    constexpr dim lanes = simd::lanes_of<vector>, vectors = block / lanes;
                    vector value[index(vectors)];
                    for (vector& v : value) {
                        v = vector(Reduce::start);
                    }
                    for (dim i = p.first; i < p.last; ++i) {
                        const T* source = from + plane * x.plane() + x.place(0, 0, reads_row(row, i), first_column);
                        for (dim k = q.first; k < q.last; ++k) {
                            for (dim v = 0; v < vectors; ++v) {
                                value[v] =
                                    Reduce::combine(value[v], source + k * sliding.dilation(axis) * block + v * lanes);
                            }
                        }
                    }
                    const per_axis at = flat ? per_axis{column} : per_axis{row, column};
                    for (dim v = 0; v < vectors; ++v) {
                        Reduce::finish(at, value[v], target + v * lanes);
                    }
                }
            }
        }
    }
};

template <auto S, tensor_type Y>
constexpr bool pools_blocked = is_image(S.x) && is_blocked(S.x) && is_blocked(Y);

}  // namespace cameo::inline CAMEO_TARGET::detail
