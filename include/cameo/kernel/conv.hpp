// The fast paths of Conv: direct convolution, mostly into blocks of 16 output channels.
#pragma once
#include <cameo/core/keep_stores.hpp>
#include <cameo/kernel/conv_by_pixels.hpp>
#include <cameo/kernel/conv_few_filters.hpp>
#include <cameo/kernel/padding.hpp>
#include <cameo/kernel/register_tile.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// Convolution by register tiles. Inner is what one step unrolls: 16 channels of a blocked input, or a row of taps of a
/// padded one.
template <conv_spec S, tensor_type Y>
struct conv_by_tiles {
    using loops = conv_loops<S, Y>;
    static constexpr bool few_channels = choose_method(S) == conv_method::few_channels;
    static constexpr dim blocks_in = few_channels ? S.w.shape[1] : blocks(S.w.shape[1]);
    static constexpr dim blocks_out = blocks(S.w.shape[0] / S.group);
    static constexpr dim inner = few_channels ? loops::taps_across : block;
    static constexpr dim last =
        few_channels ? inner : S.w.shape[1] - (blocks_in - 1) * block;  ///< channels of the last block
    static constexpr dim inner_step = few_channels ? loops::dilation_across : 1;
    static constexpr dim w_block =
        blocks_in * loops::taps_down * loops::taps_across * (few_channels ? block : block * block);
    static constexpr tile_walk walk{blocks_in, loops::taps_down, few_channels ? 1 : loops::taps_across,
        loops::x.plane(), loops::dilation_down* loops::x.row(), loops::dilation_across* loops::x.block, w_block,
        loops::y.plane(), loops::residual.plane()};

    static constexpr dim step = loops::stride_across * loops::x.block;

    /// Computes the rows [First, End), Down of them at once.
    template <dim Count, dim Used, dim Down, dim First, dim End>
    static void run_rows(const conv_operands& of)
    {
        constexpr register_tile tile = choose_tile(loops::walk_columns, Count, Used, Down);
        for (dim row = First; row < End; row += Down) {
            const conv_operands at{of.x + loops::reads(row), of.w, of.b,
                of.residual ? of.residual + loops::adds(row) : nullptr, of.y + loops::writes(row)};
            for_each_even_tile<loops::walk_columns, tile.pixels>([&]<dim Across>(dim t) {
                using grid = std::conditional_t<Down == 1, pixel_grid<step>,
                    pixel_grid<step, Across, loops::stride_down * loops::x.row(), loops::residual.row(),
                        loops::y.row()>>;
                run_tile<Down * Across, tile.blocks, Used, inner, inner_step, last, S.epilogue, S.residual.present(),
                    grid>(at.x + t * step, at.w, at.b, at.residual ? at.residual + t * block : nullptr,
                    at.y + t * block, walk);
            });
        }
    }

    /// Computes the blocks [First, First + Count) of output channels of each group.
    template <dim First, dim Count, dim Used>
    static void run_blocks(const conv_operands& of) noexcept
    {
        constexpr register_tile one = choose_tile(loops::walk_columns, Count, Used, 1),
                                two = choose_tile(loops::walk_columns, Count, Used, 2);
        // Two rows at once where one is too short for the registers.
        constexpr dim pairs = one.blocks == two.blocks && two.cost < 2 * one.cost ? loops::walk_rows / 2 * 2 : 0;
        for (dim n = 0; n < loops::x.batch; ++n) {
            for (dim g = 0; g < loops::spec.group; ++g) {
                for (dim o = First; o < First + Count; o += one.blocks) {
                    const dim out = g * blocks_out + o, plane = n * loops::y.channel_blocks + out;
                    const conv_operands from{of.x + (n * loops::x.channel_blocks + g * blocks_in) * loops::x.plane(),
                        of.w + out * w_block, of.b ? of.b + out * block : nullptr,
                        of.residual ? of.residual + plane * loops::residual.plane() : nullptr,
                        of.y + plane * loops::y.plane()};
                    if constexpr (pairs > 0) {
                        run_rows<Count, Used, 2, 0, pairs>(from);
                    }
                    if constexpr (pairs < loops::walk_rows) {
                        run_rows<Count, Used, 1, pairs, loops::walk_rows>(from);
                    }
                }
            }
        }
    }

    static void run(const conv_operands& of) noexcept
    {
        for_each_block_range<S.w.shape[0] / S.group>(
            [&]<dim First, dim Count, dim Used>() { run_blocks<First, Count, Used>(of); });
    }
};

/// One filter per channel: pixels side by side in registers, channels across the lanes.
template <conv_spec S, tensor_type Y>
struct conv_depthwise {
    using loops = conv_loops<S, Y>;
    static constexpr dim most = std::max<dim>(1, simd::accumulators / 2 / block_vectors);
    static constexpr dim tile = std::min(most, loops::columns);

    template <dim Pixels>
    [[gnu::noinline]] static void run_pixels(
        const float* x, const float* w, const float* b, const float* residual, float* y) noexcept
    {
        for (dim v = 0; v < block; v += batch_lanes) {
            batch sum[index(Pixels)];
#pragma GCC unroll 32
            for (dim t = 0; t < Pixels; ++t) {
                sum[t] = b ? batch::load_unaligned(b + v) : batch(0.0f);
            }
            for (dim p = 0; p < loops::taps_down; ++p)
#pragma GCC unroll 8
                for (dim q = 0; q < loops::taps_across; ++q) {
                    const batch weight = batch::load_aligned(w + (p * loops::taps_across + q) * block + v);
                    const float* from =
                        x + p * loops::dilation_down * loops::x.row() + q * loops::dilation_across * block + v;
#pragma GCC unroll 32
                    for (dim t = 0; t < Pixels; ++t) {
                        sum[t] = simd::multiply_add(
                            batch::load_aligned(from + t * loops::stride_across * block), weight, sum[t]);
                    }
                }
#pragma GCC unroll 32
            for (dim t = 0; t < Pixels; ++t) {
                std::array<batch, 2> operands{sum[t]};
                if constexpr (S.residual.present()) {
                    operands[1] = batch::load_aligned(residual + t * block + v);
                }
                apply<S.epilogue>(operands).store_aligned(y + t * block + v);
            }
        }
        keep_stores();
    }

    static void run(const conv_operands& of) noexcept
    {
        for (dim plane = 0; plane < loops::x.planes(); ++plane) {
            const dim c = plane % loops::x.channel_blocks;
            const float* filter = of.w + c * loops::taps_down * loops::taps_across * block;
            const float* bias = of.b ? of.b + c * block : nullptr;
            for (dim row = 0; row < loops::rows; ++row) {
                const float* from = of.x + plane * loops::x.plane() + loops::reads(row);
                const float* add =
                    of.residual ? of.residual + plane * loops::residual.plane() + loops::adds(row) : nullptr;
                float* to = of.y + plane * loops::y.plane() + loops::writes(row);
                for_each_even_tile<loops::columns, tile>([&]<dim Pixels>(dim t) {
                    run_pixels<Pixels>(from + t * loops::stride_across * block, filter, bias,
                        add ? add + t * block : nullptr, to + t * block);
                });
            }
        }
    }
};

template <conv_spec S, tensor_type Y>
constexpr bool stored_for_a_fast_path =
    choose_method(S) != conv_method::plain && stored_for(choose_method(S), S, Y) && works_on_vectors(S.epilogue);

}  // namespace detail

template <conv_spec S, tensor_type Y>
    requires detail::stored_for_a_fast_path<S, Y>
struct kernel<S, Y> {
    static void run(std::span<const float> x, std::span<const float> w, std::span<const float> b,
        std::span<const float> residual, std::span<float> y) noexcept
    {
        constexpr bool has_bias = S.b.present(), has_residual = S.residual.present();
        const detail::conv_operands of{
            x.data(), w.data(), has_bias ? b.data() : nullptr, has_residual ? residual.data() : nullptr, y.data()};
        if constexpr (choose_method(S) == conv_method::depthwise) {
            detail::conv_depthwise<S, Y>::run(of);
        } else if constexpr (choose_method(S) == conv_method::few_filters) {
            detail::conv_few_filters<S, Y>::run(of);
        } else if constexpr (choose_method(S) == conv_method::pixels) {
            detail::convolve_pixels<S, Y>(of);
        } else {
            detail::conv_by_tiles<S, Y>::run(of);
        }
        if constexpr (!detail::keeps_zeros<S.epilogue>) {
            detail::clear_padding<Y>(y.data());
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET
