// The fast paths of quantized convolutions and dense layers: Conv's register tiles on products of bytes.
#pragma once
#include <cameo/core/keep_stores.hpp>
#include <cameo/kernel/conv_loops.hpp>
#include <cameo/kernel/padding.hpp>
#include <cameo/kernel/quantized_conv_layout.hpp>
#include <cameo/kernel/quantized_expression.hpp>
#include <cameo/kernel/register_tile.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// What a tile of bytes multiplies: four channels of the input by four of each filter.
template <dim Used>
struct byte_products {
    using input = std::uint8_t;
    using weight = std::int8_t;
    using vector = simd::vector<std::int32_t, simd::byte_lanes(Used)>;
    static constexpr dim together = 4;
    [[gnu::always_inline]] static vector broadcast(const input* x) { return simd::broadcast_four<vector>(x); }
    [[gnu::always_inline]] static vector load(const weight* w) { return simd::load_fours<vector>(w); }
    [[gnu::always_inline]] static vector multiply_add(const vector& x, const vector& w, const vector& sum)
    {
        return simd::dot(x, w, sum);
    }
};

/// What a quantized convolution reads and writes; null where a bias, its rest or a residual is absent.
template <class R>
struct quantized_operands {
    const std::uint8_t* x;
    const std::int8_t* w;
    const float* scale;
    const float* rest;
    const std::int32_t* b;
    const std::uint8_t* residual;
    R* y;
};

/// Turns a vector of sums into the result.
template <elementwise_expression Then, bool Residual, bool Rest, class Sums, class R>
[[gnu::always_inline]] inline void finish_sums(
    const Sums& sum, const float* scale, const float* rest, const std::uint8_t* residual, R* y)
{
    using floats = simd::vector<float, simd::lanes_of<Sums>>;
    const auto as_float = [](const Sums& x) { return floats(xsimd::to_float(x).data); };
    floats scaled = rounded_product(as_float(sum) * floats::load_unaligned(scale));
    if constexpr (Rest) {
        scaled = scaled + floats::load_unaligned(rest);
    }
    std::array<floats, 2> operands{scaled, scaled};
    if constexpr (Residual) {
        operands[1] = as_float(simd::widen<Sums>(residual));
    }
    simd::store_saturated(apply_exactly<Then>(operands), y);
}

/// Views a dense layer as a convolution over one column, which has the same memory layout.
constexpr tensor_type with_column(tensor_type t)
{
    if (t.shape.rank == 2) {
        t.shape.append(1);
    }
    return t;
}
constexpr quantized_conv_spec with_columns(quantized_conv_spec s)
{
    s.x = with_column(s.x);
    s.w = with_column(s.w);
    s.residual = with_column(s.residual);
    return s;
}

/// Convolution by register tiles of pixels; of a dense layer, of rows.
template <quantized_conv_spec S, tensor_type Y>
struct quantized_conv_by_tiles {
    using loops = conv_loops<with_columns(S), with_column(Y)>;
    using number = element_type<Y.element>;
    using operands = quantized_operands<number>;
    static constexpr auto spec = S;
    static constexpr bool dense = S.x.shape.rank == 2, has_residual = S.residual.present(), has_rest = S.rest.present();
    static constexpr dim blocks_in = blocks(S.w.shape[1]), blocks_out = blocks(S.w.shape[0] / S.group),
                         fours = block / 4;
    static constexpr dim last = (S.w.shape[1] - (blocks_in - 1) * block + 3) / 4;  ///< products of the last block
    static constexpr dim w_block = blocks_in * loops::taps_down * loops::taps_across * block * block;
    // Up to four channels are one product: then a step is a row of taps.
    static constexpr bool by_rows = blocks_in == 1 && last == 1;
    static constexpr dim inner = by_rows ? loops::taps_across : fours,
                         inner_step = by_rows ? loops::dilation_across * block : 4;
    static constexpr dim weight_step = by_rows ? block * block : 4 * block;
    static constexpr tile_walk walk{blocks_in, loops::taps_down, by_rows ? 1 : loops::taps_across, loops::x.plane(),
        loops::dilation_down* loops::x.row(), loops::dilation_across* block, w_block, loops::y.plane(),
        loops::residual.plane()};
    static constexpr dim batches = dense ? 1 : loops::x.batch, columns = dense ? loops::x.batch : loops::walk_columns;
    // From one pixel to the next.
    static constexpr dim x_step = dense ? loops::x.distance(1, 0, 0) : loops::stride_across * block;
    static constexpr dim y_step = dense ? loops::y.distance(1, 0, 0) : block,
                         residual_step = dense ? loops::residual.distance(1, 0, 0) : block;

    /// Does the same as run_tile for floats, with sums of bytes.
    template <dim Pixels, dim Blocks, dim Used>
    [[gnu::noinline]] static void run_tile(const operands& of) noexcept
    {
        const operands at = of;  // bytes that are stored could be the pointers
        using sums = tile_sums<byte_products<Used>, Pixels, Blocks, Used>;
        sums sum(at.b);
        const std::int8_t* w = at.w;
        constexpr dim whole = by_rows || last == fours ? blocks_in : blocks_in - 1;
        for (dim outer = 0; outer < whole; ++outer) {
            sum.template add<inner, inner, inner_step, pixel_grid<x_step>, weight_step>(
                at.x + outer * walk.x_outer, w, walk);
        }
        if constexpr (whole < blocks_in) {
            sum.template add<last, inner, inner_step, pixel_grid<x_step>, weight_step>(
                at.x + whole * walk.x_outer, w, walk);
        }
#pragma GCC unroll 4
        for (dim o = 0; o < Blocks; ++o)
#pragma GCC unroll 32
            for (dim t = 0; t < Pixels; ++t)
#pragma GCC unroll 4
                for (dim v = 0; v < sums::vectors; ++v) {
                    const std::uint8_t* const added =
                        has_residual ? at.residual + o * walk.residual_block + t * residual_step + v * sums::lanes
                                     : nullptr;
                    const dim filter = o * block + v * sums::lanes;
                    finish_sums<S.epilogue, has_residual, has_rest>(sum.of[o][v][t], at.scale + filter,
                        has_rest ? at.rest + filter : nullptr, added,
                        at.y + o * walk.y_block + t * y_step + v * sums::lanes);
                }
        if constexpr (Used < block) {
            for (dim t = 0; t < Pixels; ++t) {
                std::fill_n(at.y + (Blocks - 1) * walk.y_block + t * y_step + Used, block - Used, number(0));
            }
        }
        keep_stores();
    }

    /// Computes the blocks [First, First + Count) of output channels of each group.
    template <dim First, dim Count, dim Used>
    static void run_blocks(const operands& of) noexcept
    {
        constexpr register_tile tile = choose_tile(columns, Count, Used);
        for (dim n = 0; n < batches; ++n) {
            for (dim g = 0; g < spec.group; ++g) {
                for (dim o = First; o < First + Count; o += tile.blocks) {
                    const dim out = g * blocks_out + o, plane = n * loops::y.channel_blocks + out;
                    for (dim row = 0; row < loops::walk_rows; ++row) {
                        const std::uint8_t* const x =
                            of.x + (n * loops::x.channel_blocks + g * blocks_in) * loops::x.plane() + loops::reads(row);
                        const std::uint8_t* const added =
                            of.residual ? of.residual + plane * loops::residual.plane() + loops::adds(row) : nullptr;
                        number* const y = of.y + plane * loops::y.plane() + loops::writes(row);
                        for_each_even_tile<columns, tile.pixels>([&]<dim Pixels>(dim t) {
                            run_tile<Pixels, tile.blocks, Used>(
                                {x + t * x_step, of.w + out * w_block, of.scale + out * block,
                                    of.rest ? of.rest + out * block : nullptr, of.b ? of.b + out * block : nullptr,
                                    added ? added + t * residual_step : nullptr, y + t * y_step});
                        });
                    }
                }
            }
        }
    }

    static void run(const operands& of) noexcept
    {
        for_each_block_range<S.w.shape[0] / S.group>(
            [&]<dim First, dim Count, dim Used>() { run_blocks<First, Count, Used>(of); });
    }
};

/// One filter per channel: pixels side by side in registers, channels across the lanes.
template <quantized_conv_spec S, tensor_type Y>
struct quantized_conv_depthwise {
    using loops = conv_loops<S, Y>;
    using number = element_type<Y.element>;
    using operands = quantized_operands<number>;
    using vector = simd::vector<std::int32_t, simd::byte_lanes(block)>;
    static constexpr dim lanes = simd::lanes_of<vector>;
    static constexpr bool has_residual = S.residual.present(), has_rest = S.rest.present();
    static constexpr dim tile = std::min(simd::accumulators / 2, loops::columns);
    static constexpr dim together =
        simd::has_byte_permute && loops::dilation_across == 1 ? 4 : 1;  ///< taps in one product

    template <dim Pixels>
    [[gnu::noinline]] static void run_pixels(const operands& of) noexcept
    {
        const operands at = of;
        for (dim v = 0; v < block; v += lanes) {
            vector sum[index(Pixels)];
#pragma GCC unroll 32
            for (dim t = 0; t < Pixels; ++t) {
                sum[t] = at.b ? vector::load_unaligned(at.b + v) : vector(0);
            }
            for (dim p = 0; p < loops::taps_down; ++p) {
                for_each_tile<loops::taps_across, together>([&]<dim Taps>(dim q) __attribute__((always_inline)) {
                    const vector weight =
                        simd::transposed_bytes<vector, Taps>(at.w + (p * loops::taps_across + q) * block + v);
                    const std::uint8_t* const from =
                        at.x + p * loops::dilation_down * loops::x.row() + q * loops::dilation_across * block + v;
#pragma GCC unroll 32
                    for (dim t = 0; t < Pixels; ++t) {
                        const vector numbers =
                            simd::transposed_bytes<vector, Taps>(from + t * loops::stride_across * block);
                        sum[t] =
                            Taps > 1 ? simd::dot(numbers, weight, sum[t]) : simd::dot_first(numbers, weight, sum[t]);
                    }
                });
            }
#pragma GCC unroll 32
            for (dim t = 0; t < Pixels; ++t) {
                finish_sums<S.epilogue, has_residual, has_rest>(sum[t], at.scale + v, has_rest ? at.rest + v : nullptr,
                    has_residual ? at.residual + t * block + v : nullptr, at.y + t * block + v);
            }
        }
        keep_stores();
    }

    static void run(const operands& of) noexcept
    {
        for (dim plane = 0; plane < loops::x.planes(); ++plane) {
            const dim c = plane % loops::x.channel_blocks;
            for (dim row = 0; row < loops::rows; ++row) {
                const std::uint8_t* const x = of.x + plane * loops::x.plane() + loops::reads(row);
                const std::uint8_t* const added =
                    of.residual ? of.residual + plane * loops::residual.plane() + loops::adds(row) : nullptr;
                number* const y = of.y + plane * loops::y.plane() + loops::writes(row);
                for_each_even_tile<loops::columns, tile>([&]<dim Pixels>(dim t) {
                    run_pixels<Pixels>(
                        {x + t * loops::stride_across * block, of.w + c * loops::taps_down * loops::taps_across * block,
                            of.scale + c * block, of.rest ? of.rest + c * block : nullptr,
                            of.b ? of.b + c * block : nullptr, added ? added + t * block : nullptr, y + t * block});
                });
            }
        }
    }
};

}  // namespace detail

template <quantized_conv_spec S, tensor_type Y>
    requires(stored_for(choose_method(S), S, Y) && exact_on_vectors(S.epilogue))
struct kernel<S, Y> {
    using number = element_type<Y.element>;
    static void run(std::span<const std::uint8_t> x, std::span<const std::int8_t> w, std::span<const float> scale,
        std::span<const std::int32_t> b, std::span<const std::uint8_t> residual, std::span<const float> rest,
        std::span<number> y) noexcept
    {
        constexpr bool has_bias = S.b.present(), has_residual = S.residual.present(), has_rest = S.rest.present();
        const detail::quantized_operands<number> of{x.data(), w.data(), scale.data(), has_rest ? rest.data() : nullptr,
            has_bias ? b.data() : nullptr, has_residual ? residual.data() : nullptr, y.data()};
        if constexpr (choose_method(S) == quantized_conv_method::depthwise) {
            detail::quantized_conv_depthwise<S, Y>::run(of);
        } else {
            detail::quantized_conv_by_tiles<S, Y>::run(of);
        }
        if constexpr (std::is_floating_point_v<number> && !detail::keeps_zeros<S.epilogue>) {
            detail::clear_padding<Y>(y.data());
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET
