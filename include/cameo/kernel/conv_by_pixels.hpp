// Convolution of groups that are no whole blocks of channels: pixels of a row across the lanes, filters side by side in registers.
#pragma once
#include <cameo/kernel/conv_loops.hpp>
#include <cameo/kernel/tile.hpp>

namespace cameo::detail {

/// Filters of a tile: 6 fill the registers, but 5 or 4 are better where they leave no rest.
constexpr dim side_by_side(dim filters) { return filters % 6 == 0 ? 6 : filters % 5 == 0 ? 5 : filters % 4 == 0 ? 4 : 6; }

/// The input is plain, or framed where windows reach beyond it; filters, result and residual are plain.
template <conv_spec S, tensor_type Y>
struct conv_by_pixels {
    using loops = conv_loops<S, Y>;
    static constexpr dim groups = S.group, channels = S.w.shape[1], filters = S.w.shape[0] / groups, filter = channels * loops::taps_down * loops::taps_across;
    static constexpr dim most_vectors = simd::registers / 8, most_filters = side_by_side(filters), columns = loops::walk_columns;
    static constexpr dim width = simd::choose_lanes_within(columns);  ///< pixels of a vector

    /// Filters by Vectors vectors of pixels, of which Count are there.
    template <class Vector, dim Filters, dim Vectors, dim Count>
    [[gnu::noinline]] static void run_tile(const conv_operands& at) noexcept
    {
        constexpr dim step = simd::lanes_of<Vector>;
        Vector sum[Filters][Vectors];
#pragma GCC unroll 8
        for (dim f = 0; f < Filters; ++f)
#pragma GCC unroll 8
            for (dim v = 0; v < Vectors; ++v) sum[f][v] = Vector(at.b ? at.b[f] : 0.0f);
        const float* w = at.w;
        for (dim c = 0; c < channels; ++c)
            for (dim p = 0; p < loops::taps_down; ++p) {
                const float* from = at.x + c * loops::x.plane() + p * loops::dilation_down * loops::x.row();
#pragma GCC unroll 1
                for (dim q = 0; q < loops::taps_across; ++q, ++w, from = simd::opaque(from + loops::dilation_across)) {
                    Vector input[Vectors];
#pragma GCC unroll 8
                    for (dim v = 0; v < Vectors; ++v)
                        input[v] = simd::held(simd::load_apart<Vector, Count, loops::stride_across>(from + v * step * loops::stride_across));
#pragma GCC unroll 8
                    for (dim f = 0; f < Filters; ++f) {
                        const Vector weight(w[f * filter]);
#pragma GCC unroll 8
                        for (dim v = 0; v < Vectors; ++v) sum[f][v] = simd::multiply_add(input[v], weight, sum[f][v]);
                    }
                }
            }
#pragma GCC unroll 8
        for (dim f = 0; f < Filters; ++f)
#pragma GCC unroll 8
            for (dim v = 0; v < Vectors; ++v) {
                const dim place = f * loops::y.plane() + v * step;
                Vector added(0.0f);
                if constexpr (S.residual.present()) added = simd::load<Vector, Count>(at.residual + place);
                simd::store<Count>(apply_epilogue<S.then>(sum[f][v], added), at.y + place);
            }
    }

    /// All filters of a group on pixels from `pixel` on.
    template <class Vector, dim Vectors, dim Count>
    static void run_filters(const conv_operands& row, dim pixel)
    {
        for_each_tile<filters, most_filters>([&]<dim Filters>(dim f) {
            const dim place = f * loops::y.plane() + pixel;
            run_tile<Vector, Filters, Vectors, Count>(
                {row.x + pixel * loops::stride_across, row.w + f * filter, row.b ? row.b + f : nullptr, row.residual ? row.residual + place : nullptr, row.y + place});
        });
    }

    static void run_row(const conv_operands& row)
    {
        using vector = simd::vector<float, width>;
        constexpr dim tile = most_vectors * width, whole = columns / tile * tile, further = (columns - whole) / width;
        for (dim t = 0; t < whole; t += tile) run_filters<vector, most_vectors, width>(row, t);
        if constexpr (further > 0) run_filters<vector, further, width>(row, whole);
        // The last vector begins before the last whole one ends: some pixels are computed again.
        if constexpr (columns % width != 0 && columns > width) run_filters<vector, 1, width>(row, columns - width);
        else if constexpr (columns < width) run_filters<vector, 1, columns>(row, 0);
    }

    static void run(const conv_operands& of) noexcept
    {
        for (dim n = 0; n < loops::x.batch; ++n)
            for (dim g = 0; g < groups; ++g)
                for (dim row = 0; row < loops::walk_rows; ++row) {
                    const dim first = g * filters, place = (n * groups * filters + first) * loops::y.plane() + loops::writes(row);
                    run_row({of.x + (n * groups + g) * channels * loops::x.plane() + loops::reads(row), of.w + first * filter, of.b ? of.b + first : nullptr,
                        of.residual ? of.residual + place : nullptr, of.y + place});
                }
    }
};

}  // namespace cameo::detail
