// Convolution of groups that are not whole blocks of channels: pixels of a row fill the lanes, filters the registers.
#pragma once
#include <cameo/core/keep_stores.hpp>
#include <cameo/kernel/conv_loops.hpp>
#include <cameo/kernel/register_tile.hpp>

namespace cameo::inline CAMEO_TARGET::detail {

/// Filters of a tile: 6 fill the registers, but 5 or 4 are better where they leave no rest.
constexpr dim side_by_side(dim filters)
{
    return filters % 6 == 0 ? 6 : filters % 5 == 0 ? 5 : filters % 4 == 0 ? 4 : 6;
}

/// The parameters that determine the code of a layer. Layers that differ in dilations or in the storage of their input
/// share it.
struct pixel_layer {
    dim batch = 1, groups = 1, channels = 1, filters = 1;  ///< channels and filters of a group
    dim taps_down = 1, taps_across = 1, stride = 1;        ///< stride: from a column to the next
    dim rows = 1, columns = 1;
    dim y_row = 0, y_plane = 0;  ///< from one to the next, in the result and in the residual
    bool residual = false;

    constexpr dim filter() const { return channels * taps_down * taps_across; }  ///< weights
};

/// Distances in the input: from a channel to the next, from a row of windows to the next, from a tap to the one below
/// or beside it.
struct pixel_walk {
    dim plane = 0, row = 0, down = 0, across = 0;
};

/// Filters by Vectors vectors of pixels, of which Count are there.
template <pixel_layer Layer, elementwise_expression Then, class Vector, dim Filters, dim Vectors, dim Count>
[[gnu::noinline]] void run_pixel_tile(const conv_operands& at, const pixel_walk& walk) noexcept
{
    static constexpr auto layer = Layer;
    constexpr dim step = simd::lanes_of<Vector>;
    Vector sum[index(Filters)][index(Vectors)];
#pragma GCC unroll 8
    for (dim f = 0; f < Filters; ++f)
#pragma GCC unroll 8
        for (dim v = 0; v < Vectors; ++v) {
            sum[f][v] = Vector(at.b ? at.b[f] : 0.0f);
        }
    const float* w = at.w;
    for (dim c = 0; c < layer.channels; ++c) {
        for (dim p = 0; p < layer.taps_down; ++p) {
            const float* from = at.x + c * walk.plane + p * walk.down;
#pragma GCC unroll 1
            for (dim q = 0; q < layer.taps_across; ++q, ++w, from = simd::hide_from_optimizer(from + walk.across)) {
                Vector input[index(Vectors)];
#pragma GCC unroll 8
                for (dim v = 0; v < Vectors; ++v) {
                    input[v] = simd::keep_in_register(
                        simd::load_apart<Vector, Count, layer.stride>(from + v * step * layer.stride));
                }
#pragma GCC unroll 8
                for (dim f = 0; f < Filters; ++f) {
                    const Vector weight(w[f * layer.filter()]);
#pragma GCC unroll 8
                    for (dim v = 0; v < Vectors; ++v) {
                        sum[f][v] = simd::multiply_add(input[v], weight, sum[f][v]);
                    }
                }
            }
        }
    }
#pragma GCC unroll 8
    for (dim f = 0; f < Filters; ++f)
#pragma GCC unroll 8
        for (dim v = 0; v < Vectors; ++v) {
            const dim place = f * layer.y_plane + v * step;
            Vector added(0.0f);
            if constexpr (layer.residual) {
                added = simd::load<Vector, Count>(at.residual + place);
            }
            simd::store<Count>(apply_epilogue<Then>(sum[f][v], added), at.y + place);
        }
    keep_stores();
}

/// The input is plain, or padded where windows reach beyond it; filters, result and residual are plain.
template <pixel_layer Layer, elementwise_expression Then>
struct conv_by_pixels {
    static constexpr auto layer = Layer;
    static constexpr dim most_vectors = simd::registers / 8, most_filters = side_by_side(layer.filters),
                         columns = layer.columns;
    static constexpr dim width = simd::choose_lanes_within(columns);  ///< pixels of a vector

    /// Computes all filters of a group on pixels from `pixel` on.
    template <class Vector, dim Vectors, dim Count>
    static void run_filters(const conv_operands& row, const pixel_walk& walk, dim pixel)
    {
        for_each_tile<layer.filters, most_filters>([&]<dim Filters>(dim f) {
            const dim place = f * layer.y_plane + pixel;
            run_pixel_tile<Layer, Then, Vector, Filters, Vectors, Count>(
                {row.x + pixel * layer.stride, row.w + f * layer.filter(), row.b ? row.b + f : nullptr,
                    row.residual ? row.residual + place : nullptr, row.y + place},
                walk);
        });
    }

    static void run_row(const conv_operands& row, const pixel_walk& walk)
    {
        using vector = simd::vector<float, width>;
        constexpr dim tile = most_vectors * width, whole = columns / tile * tile, further = (columns - whole) / width;
        for (dim t = 0; t < whole; t += tile) {
            run_filters<vector, most_vectors, width>(row, walk, t);
        }
        if constexpr (further > 0) {
            run_filters<vector, further, width>(row, walk, whole);
        }
        // The last vector begins before the last whole one ends: some pixels are computed again.
        if constexpr (columns % width != 0 && columns > width) {
            run_filters<vector, 1, width>(row, walk, columns - width);
        } else if constexpr (columns < width) {
            run_filters<vector, 1, columns>(row, walk, 0);
        }
    }

    /// Computes a layer; of.x points to what the first window reads.
    [[gnu::noinline]] static void run(const conv_operands& of, const pixel_walk& walk) noexcept
    {
        for (dim n = 0; n < layer.batch; ++n) {
            for (dim g = 0; g < layer.groups; ++g) {
                for (dim row = 0; row < layer.rows; ++row) {
                    const dim first = g * layer.filters,
                              place = (n * layer.groups * layer.filters + first) * layer.y_plane + row * layer.y_row;
                    run_row({of.x + (n * layer.groups + g) * layer.channels * walk.plane + row * walk.row,
                                of.w + first * layer.filter(), of.b ? of.b + first : nullptr,
                                of.residual ? of.residual + place : nullptr, of.y + place},
                        walk);
                }
            }
        }
        keep_stores();
    }
};

template <conv_spec S, tensor_type Y>
void convolve_pixels(const conv_operands& of) noexcept
{
    using loops = conv_loops<S, Y>;
    constexpr pixel_layer layer{loops::x.batch, S.group, S.w.shape[1], S.w.shape[0] / S.group, loops::taps_down,
        loops::taps_across, loops::stride_across, loops::walk_rows, loops::walk_columns, loops::y.row(),
        loops::y.plane(), S.residual.present()};
    constexpr pixel_walk walk{loops::x.plane(), loops::stride_down * loops::x.row(),
        loops::dilation_down * loops::x.row(), loops::dilation_across};
    conv_by_pixels<layer, S.epilogue>::run({of.x + loops::reads(0), of.w, of.b, of.residual, of.y}, walk);
}

}  // namespace cameo::inline CAMEO_TARGET::detail
