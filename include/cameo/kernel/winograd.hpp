// The fast path of Winograd convolution: transforms tiles of blocked input in chunks that stay in cache, then
// multiplies matrices for each point with Conv's register tiles.
#pragma once
#include <cameo/kernel/padding.hpp>
#include <cameo/kernel/register_tile.hpp>
#include <cameo/kernel/winograd_layout.hpp>
#include <cameo/kernel/winograd_transform.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

template <winograd_spec S, tensor_type Y>
struct winograd_tiles {
    static constexpr winograd_spec spec = S;
    static constexpr stored_extents x{S.x}, y{Y}, residual{S.residual};
    static constexpr dim size = S.size(), points = S.points(), tiles = S.tiles(), together = S.tiles_together();
    static constexpr dim inputs = S.point_of_inputs(), outputs = S.point_of_outputs();
    static constexpr dim plane = together * block;  ///< in scratch, from one block of channels to the next
    static constexpr dim stride = S.stride(), blocks_in = S.padded_channels() / block,
                         of_phase = blocks_in / S.phases();  ///< blocks of a group
    static constexpr dim blocks_out = y.channel_blocks / S.group;
    static constexpr tile_walk walk{
        .outer = blocks_in, .x_outer = plane, .w_block = blocks_in * block * block, .y_block = plane};
    using transform = winograd_rows<S.tile, S.phase_taps()>;

    struct place {
        dim image, row, column;
    };
    /// Returns the place of the first output of a tile.
    static constexpr place place_of(dim number)
    {
        constexpr dim across = S.tiles(1), down = S.tiles(0);
        return {number / across / down, number / across % down * spec.tile, number % across * spec.tile};
    }

    /// Computes B' d B of the tiles from `first` on, as points x groups x phases x blocks of channels x tiles x 16.
    static void transform_inputs(const float* from, dim first, dim count, float* to) noexcept
    {
        for (dim c = 0; c < spec.group * blocks_in; ++c) {
            for (dim t = 0; t < count; ++t) {
                const place at = place_of(first + t);
                const dim phase = c % blocks_in / of_phase, channel = (c / blocks_in * of_phase + c % of_phase) * block;
                const float* const corner =
                    from + x.place(at.image, channel, at.row * stride + phase / stride - spec.window.pad_begin(0),
                               at.column * stride + phase % stride - spec.window.pad_begin(1));
                for (dim v = 0; v < block; v += batch_lanes) {
                    transform_input(corner + v, to + c * plane + t * block + v);
                }
            }
        }
    }

    [[gnu::always_inline]] static void transform_input(const float* from, float* to) noexcept
    {
        std::array<std::array<batch, index(size)>, index(size)> half;
#pragma GCC unroll 8
        for (dim column = 0; column < size; ++column) {
            std::array<batch, index(size)> d;
#pragma GCC unroll 8
            for (dim row = 0; row < size; ++row) {
                d[index(row)] = batch::load_aligned(from + x.distance(0, 0, row * stride, column * stride));
            }
            d = transform::input(d);
#pragma GCC unroll 8
            for (dim row = 0; row < size; ++row) {
                half[index(row)][index(column)] = d[index(row)];
            }
        }
#pragma GCC unroll 8
        for (dim row = 0; row < size; ++row) {
            const std::array<batch, index(size)> d = transform::input(half[index(row)]);
#pragma GCC unroll 8
            for (dim column = 0; column < size; ++column) {
                d[index(column)].store_aligned(to + (row * size + column) * inputs);
            }
        }
    }

    /// Multiplies, for each point, its inputs with its filters.
    template <dim Count>
    static void multiply(const float* from, const float* w, float* to) noexcept
    {
        constexpr register_tile tile = choose_tile(Count, blocks_out);
        for (dim p = 0; p < points; ++p, from += inputs, to += outputs) {
            for (dim o = 0; o < y.channel_blocks; o += tile.blocks, w += tile.blocks * walk.w_block) {
                for_each_even_tile<Count, tile.pixels>([&]<dim Pixels>(dim t) {
                    const float* const of_group = from + o / blocks_out * blocks_in * plane;
                    run_tile<Pixels, tile.blocks, block, block, 1, block, elementwise_expression{}, false,
                        pixel_grid<block>>(of_group + t * block, w, nullptr, nullptr, to + o * plane + t * block, walk);
                });
            }
        }
    }

    /// Computes A' m A of the tiles from `first` on, with bias, residual and epilogue, into the result.
    static void transform_outputs(const float* from, const conv_operands& of, dim first, dim count) noexcept
    {
        for (dim m = 0; m < y.channel_blocks; ++m) {
            for (dim t = 0; t < count; ++t) {
                const place at = place_of(first + t);
                const dim down = std::min(spec.tile, y.rows - at.row),
                          across = std::min(spec.tile, y.columns - at.column);
                float* const corner = of.y + y.place(at.image, m * block, at.row, at.column);
                for (dim v = 0; v < block; v += batch_lanes) {
                    transform_output(from + m * plane + t * block + v,
                        of.b ? batch::load_unaligned(of.b + m * block + v) : batch(0.0f),
                        of.residual ? of.residual + residual.place(at.image, m * block, at.row, at.column) + v
                                    : nullptr,
                        corner + v, down, across);
                }
            }
        }
    }

    [[gnu::always_inline]] static void transform_output(
        const float* from, const batch& bias, const float* add, float* to, dim down, dim across) noexcept
    {
        std::array<std::array<batch, index(size)>, index(S.tile)> half;
#pragma GCC unroll 8
        for (dim column = 0; column < size; ++column) {
            std::array<batch, index(size)> m;
#pragma GCC unroll 8
            for (dim row = 0; row < size; ++row) {
                m[index(row)] = batch::load_aligned(from + (row * size + column) * outputs);
            }
            const auto sums = transform::output(m);
#pragma GCC unroll 8
            for (dim row = 0; row < S.tile; ++row) {
                half[index(row)][index(column)] = sums[index(row)];
            }
        }
#pragma GCC unroll 8
        for (dim row = 0; row < S.tile; ++row) {
            if (row >= down) {
                break;
            }
            const auto sums = transform::output(half[index(row)]);
#pragma GCC unroll 8
            for (dim column = 0; column < S.tile; ++column) {
                if (column >= across) {
                    break;
                }
                batch added{};
                if constexpr (S.residual.present()) {
                    added = batch::load_aligned(add + residual.distance(0, 0, row, column));
                }
                apply_epilogue<S.epilogue>(sums[index(column)] + bias, added)
                    .store_aligned(to + y.distance(0, 0, row, column));
            }
        }
    }

    static void run(const conv_operands& of, float* scratch) noexcept
    {
        float* const products = scratch + points * inputs;
        for_each_tile<tiles, together>([&]<dim Count>(dim first) {
            transform_inputs(of.x, first, Count, scratch);
            multiply<Count>(scratch, of.w, products);
            transform_outputs(products, of, first, Count);
        });
    }
};

}  // namespace detail

template <winograd_spec S, tensor_type Y>
    requires(stored_for_tiles(S, Y) && works_on_vectors(S.epilogue))
struct kernel<S, Y> {
    static void run(std::span<const float> x, std::span<const float> w, std::span<const float> b,
        std::span<const float> residual, std::span<float> y, std::span<float> scratch) noexcept
    {
        constexpr bool has_bias = S.b.present(), has_residual = S.residual.present();
        detail::winograd_tiles<S, Y>::run(
            {x.data(), w.data(), has_bias ? b.data() : nullptr, has_residual ? residual.data() : nullptr, y.data()},
            scratch.data());
        if constexpr (!detail::keeps_zeros<S.epilogue>) {
            detail::clear_padding<Y>(y.data());
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET
