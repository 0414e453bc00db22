// The fast path of ConvTranspose: each phase of the result is a convolution of stride 1, which uses Conv's register
// tiles.
#pragma once
#include <cameo/core/keep_stores.hpp>
#include <cameo/kernel/conv_transpose_layout.hpp>
#include <cameo/kernel/padding.hpp>
#include <cameo/kernel/register_tile.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// Neighbours of a phase are Stride pixels apart in the result.
template <dim Stride>
struct phase_grid {
    static constexpr dim step = block;
    static constexpr dim x(dim t) { return t * block; }
    static constexpr dim residual(dim t) { return t * Stride * block; }
    static constexpr dim y(dim t) { return t * Stride * block; }
};

/// What a tile of a phase walks over: blocks of channels, then the taps of the phase. Distances are in elements.
struct phase_walk {
    tile_walk tile{};  ///< outer, rows, taps and the distances of input, result and blocks
    dim w_outer = 0, w_row = 0, w_tap = 0;
};

/// Pixels of a phase by Blocks blocks of 16 output channels. The last block of input channels has Last.
template <dim Pixels, dim Blocks, dim Used, dim Last, elementwise_expression Then, bool Residual, class Grid>
[[gnu::noinline]] void run_phase_tile(
    const float* x, const float* w, const float* bias, const float* residual, float* y, const phase_walk& walk) noexcept
{
    tile_sums<float_products<Used>, Pixels, Blocks, Used> sum(bias);
    const tile_walk one_tap{.w_block = walk.tile.w_block};
    const auto add = [&]<dim Count>(std::integral_constant<dim, Count>) __attribute__((always_inline)) {
        for (dim row = 0; row < walk.tile.rows; ++row) {
            const float *from = x + row * walk.tile.x_row, *weights = w + row * walk.w_row;
#pragma GCC unroll 1
            for (dim tap = 0; tap < walk.tile.taps;
                ++tap, from = simd::hide_from_optimizer(from + walk.tile.x_tap), weights += walk.w_tap) {
                const float* of_tap = weights;
                sum.template add<Count, block, 1, Grid>(from, of_tap, one_tap);
            }
        }
    };
    const dim whole = Last < block ? walk.tile.outer - 1 : walk.tile.outer;
    for (dim outer = 0; outer < whole; ++outer, x += walk.tile.x_outer, w += walk.w_outer) {
        add(std::integral_constant<dim, block>{});
    }
    if constexpr (Last < block) {
        add(std::integral_constant<dim, Last>{});
    }
    sum.template finish<Then, Residual, Grid>(residual, y, walk.tile);
    keep_stores();
}

template <conv_transpose_spec S, tensor_type Y>
struct conv_transpose_by_tiles {
    static constexpr conv_transpose_spec spec = S;
    static constexpr stored_extents x{S.x}, y{Y}, residual{S.residual};
    static constexpr bool flat = S.x.shape.rank == 3;
    static constexpr int down_axis = flat ? -1 : 0, across_axis = flat ? 0 : 1;
    static constexpr dim stride_down = flat ? 1 : S.window.stride(0), stride_across = S.window.stride(across_axis);
    static constexpr dim taps_across = S.w.shape[S.w.shape.rank - 1], window = S.w.shape.count(2, S.w.shape.rank);
    static constexpr dim channels = S.w.shape[0], filters = S.w.shape[1], last = (channels - 1) % block + 1;
    static constexpr dim tap = block * block, w_outer = window * tap, w_block = blocks(channels) * w_outer;
    using grid = phase_grid<stride_across>;
    static constexpr auto phases_down = [] {
        std::array<transposed_phase, index(stride_down)> phases;
        for (dim first = 0; first < stride_down; ++first) {
            phases[index(first)] = phase_of(S, down_axis, first);
        }
        return phases;
    }();

    static constexpr phase_walk walk_of(const transposed_phase& down, const transposed_phase& across)
    {
        const tile_walk tile{blocks(channels), down.taps, across.taps, x.plane(), down.read_step * x.row(),
            across.read_step * block, w_block, y.plane(), residual.plane()};
        return {tile, w_outer, down.tap_step * taps_across * tap, across.tap_step * tap};
    }

    /// Computes the blocks [First, First + Count) of output channels, at the places of one phase across.
    template <dim First, dim Count, dim Used, dim Across>
    static void run_phase(const conv_operands& of, dim first_row)
    {
        static constexpr transposed_phase across = phase_of(S, across_axis, Across);
        const transposed_phase& down = phases_down[index(first_row)];
        const phase_walk walk = walk_of(down, across);
        constexpr register_tile tile = choose_tile(across.positions, Count, Used);
        const float* const w = of.w + (down.first_tap * taps_across + across.first_tap) * tap;
        for (dim n = 0; n < x.batch; ++n) {
            for (dim o = First; o < First + Count; o += tile.blocks) {
                for (dim row = 0; row < down.positions; ++row) {
                    const dim at = first_row + row * stride_down, plane = n * y.channel_blocks + o;
                    const float* const from = of.x + n * x.channel_blocks * x.plane() +
                                              x.place(0, 0, row + down.first_read, across.first_read);
                    const float* const add =
                        of.residual ? of.residual + plane * residual.plane() + residual.place(0, 0, at, Across)
                                    : nullptr;
                    float* const to = of.y + plane * y.plane() + y.place(0, 0, at, Across);
                    for_each_even_tile<across.positions, tile.pixels>([&]<dim Pixels>(dim t) {
                        run_phase_tile<Pixels, tile.blocks, Used, last, S.epilogue, S.residual.present(), grid>(
                            from + grid::x(t), w + o * w_block, of.b ? of.b + o * block : nullptr,
                            add ? add + grid::residual(t) : nullptr, to + grid::y(t), walk);
                    });
                }
            }
        }
    }

    template <dim First, dim Count, dim Used>
    static void run_blocks(const conv_operands& of)
    {
        for (dim first_row = 0; first_row < std::min(stride_down, y.rows); ++first_row) {
            [&]<std::size_t... Across>(std::index_sequence<Across...>) {
                (run_phase<First, Count, Used, static_cast<dim>(Across)>(of, first_row), ...);
            }(std::make_index_sequence<index(std::min(stride_across, y.columns))>{});
        }
    }

    static void run(const conv_operands& of) noexcept
    {
        for_each_block_range<filters>([&]<dim First, dim Count, dim Used>() { run_blocks<First, Count, Used>(of); });
    }
};

}  // namespace detail

template <conv_transpose_spec S, tensor_type Y>
    requires(transposes_blocks(S) && stored_for_blocks(S, Y) && works_on_vectors(S.epilogue))
struct kernel<S, Y> {
    static void run(std::span<const float> x, std::span<const float> w, std::span<const float> b,
        std::span<const float> residual, std::span<float> y) noexcept
    {
        constexpr bool has_bias = S.b.present(), has_residual = S.residual.present();
        detail::conv_transpose_by_tiles<S, Y>::run(
            {x.data(), w.data(), has_bias ? b.data() : nullptr, has_residual ? residual.data() : nullptr, y.data()});
        if constexpr (!detail::keeps_zeros<S.epilogue>) {
            detail::clear_padding<Y>(y.data());
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET
