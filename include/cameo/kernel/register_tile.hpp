// Register tiles and the loops over them; the tile of convolutions computes several pixels by several blocks of 16
// channels.
#pragma once
#include <cameo/core/keep_stores.hpp>
#include <cameo/kernel/apply.hpp>

namespace cameo::inline CAMEO_TARGET::detail {

using batch = xsimd::batch<float>;
inline constexpr dim batch_lanes = static_cast<dim>(batch::size);
/// Vectors of a block of channels.
inline constexpr dim block_vectors = block / batch_lanes;

/// Calls visit.template operator()<Count>(start) for the tiles that cover Extent: whole ones of Tile, then the rest.
template <dim Extent, dim Tile>
[[gnu::always_inline]] inline void for_each_tile(const auto& visit)
{
    constexpr dim whole = Extent / Tile * Tile;
    for (dim start = 0; start < whole; start += Tile) {
        visit.template operator()<Tile>(start);
    }
    if constexpr (whole < Extent) {
        visit.template operator()<Extent - whole>(whole);
    }
}

/// Tiles of at most Most that cover Extent and differ by one at most: no small one at the end, which would wait for its
/// sums.
struct even_tiles {
    dim count = 0;   ///< tiles
    dim larger = 0;  ///< what the first tiles hold; the others one less
    dim many = 0;    ///< how many of them are larger
};
constexpr even_tiles divide_evenly(dim extent, dim most)
{
    const dim count = (extent + most - 1) / most, larger = (extent + count - 1) / count;
    return {count, larger, extent - count * (larger - 1)};
}

/// Calls visit.template operator()<Count>(start) for even tiles.
template <dim Extent, dim Most>
[[gnu::always_inline]] inline void for_each_even_tile(const auto& visit)
{
    constexpr even_tiles tiles = divide_evenly(Extent, Most);
    constexpr dim covered = tiles.many * tiles.larger;
    for (dim start = 0; start < covered; start += tiles.larger) {
        visit.template operator()<tiles.larger>(start);
    }
    if constexpr (covered < Extent) {
        for (dim start = covered; start < Extent; start += tiles.larger - 1) {
            visit.template operator()<tiles.larger - 1>(start);
        }
    }
}

/// Multiply-adds of a layer that is part of its network's run(): calls took an eighth of the time of a network of four
/// such layers.
inline constexpr dim small_products = 8192;

/// Calls step(k, k % Sets) for k from 0 to Count: steps of Products multiply-adds into one of Sets partial sums,
/// unrolled as far as is worth it.
template <dim Count, dim Sets, dim Products>
[[gnu::always_inline]] inline void for_each_step(const auto& step)
{
    constexpr dim worth = std::max<dim>(1, simd::unrolled_products / (Products * Sets)) * Sets,
                  unrolled = std::clamp<dim>(Count, 1, worth);
#pragma GCC unroll 1
    for (dim k = 0; k + unrolled <= Count; k += unrolled)
#pragma GCC unroll 64
        for (dim s = 0; s < unrolled; ++s) {
            step(k + s, s % Sets);
        }
#pragma GCC unroll 64
    for (dim s = 0; s < Count % unrolled; ++s) {
        step(Count / unrolled * unrolled + s, s % Sets);
    }
}

// Blocks of output channels beside each other in a tile. Measured on Zen 4: clang 19 keeps 28 accumulators in registers
// only with one.
#if defined(__clang__)
inline constexpr dim widest_tile = 1;
#else
inline constexpr dim widest_tile = 4;
#endif

struct register_tile {
    dim pixels = 1;
    dim blocks = 1;
    dim cost = 0;  ///< of all tiles, estimated
};

/// Returns how many channels of a block are computed if `count` exist: its first half takes half the time.
constexpr dim used_channels(dim count) { return count > block / 2 ? block : block / 2; }
/// The vector for so many channels of a block.
template <dim Used>
using vector_of = simd::vector<float, std::min(batch_lanes, Used)>;

/// Chooses the tile with the least estimated work for `pixels` pixels in each of `rows` rows at once, and
/// `channel_blocks` blocks of `used` output channels: a step costs its multiply-adds and its loads.
constexpr register_tile choose_tile(dim pixels, dim channel_blocks, dim used = block, dim rows = 1)
{
    register_tile best{};
    const dim vectors = used / std::min(batch_lanes, used);
    const auto step = [&](dim p, dim blocks) {
        return 8 * std::max(p * blocks * vectors, simd::latency(used)) + 2 * blocks * vectors + p + 8;
    };
    for (dim blocks = 1; blocks <= widest_tile; blocks *= 2) {
        if (channel_blocks % blocks != 0) {
            continue;
        }
        // With fewer than five pixels g++ reads the weights of several blocks from memory for each of them.
        for (dim p = blocks > 1 ? 5 : 1; p <= pixels && p * rows * blocks * vectors <= simd::accumulators; ++p) {
            const even_tiles tiles = divide_evenly(pixels, p);
            const dim larger = step(tiles.larger * rows, blocks), smaller = step((tiles.larger - 1) * rows, blocks);
            const dim cost = (tiles.many * larger + (tiles.count - tiles.many) * smaller) * (channel_blocks / blocks);
            if (best.cost == 0 || cost < best.cost) {
                best = {p, blocks, cost};
            }
        }
    }
    return best;
}

/// Where the pixels of a tile are: Across in a row, Step numbers apart in the input, then as many in the next row,
/// which is so far away in the input, the residual and the result. A single row takes the defaults, so that layers
/// share its code.
template <dim Step, dim Across = 0, dim XRow = 0, dim ResidualRow = 0, dim YRow = 0>
struct pixel_grid {
    static constexpr dim step = Step;
    static constexpr dim down(dim t) { return Across ? t / Across : 0; }
    static constexpr dim across(dim t) { return Across ? t % Across : t; }
    static constexpr dim x(dim t) { return down(t) * XRow + across(t) * Step; }
    static constexpr dim residual(dim t) { return down(t) * ResidualRow + across(t) * block; }
    static constexpr dim y(dim t) { return down(t) * YRow + across(t) * block; }
};

/// Calls visit.template operator()<First, Count, Used>() for the blocks [First, First + Count) of so many channels:
/// whole ones, then one of which half is used.
template <dim Channels>
[[gnu::always_inline]] inline void for_each_block_range(const auto& visit)
{
    constexpr dim used = used_channels((Channels - 1) % block + 1),
                  whole = used < block ? blocks(Channels) - 1 : blocks(Channels);
    if constexpr (whole > 0) {
        visit.template operator()<0, whole, block>();
    }
    if constexpr (whole < blocks(Channels)) {
        visit.template operator()<whole, 1, used>();
    }
}

/// What a convolution reads and writes; null where a bias or a residual is absent.
struct conv_operands {
    const float *x, *w, *b, *residual;
    float* y;
};

/// What a tile walks over: `outer` x `rows` x `taps` steps of Inner unrolled channels (or taps). Distances are in
/// elements.
struct tile_walk {
    dim outer = 1, rows = 1, taps = 1;
    dim x_outer = 0, x_row = 0, x_tap = 0;  ///< from one to the next, in the input
    dim w_block = 0;                        ///< from one block of output channels to the next, in the weights
    dim y_block = 0, residual_block = 0;
};

/// What a tile of floats multiplies: an element of the input by a vector of weights.
template <dim Used>
struct float_products {
    using input = float;
    using weight = float;
    using vector = vector_of<Used>;
    static constexpr dim together = 1;  ///< numbers of the input in a product
    [[gnu::always_inline]] static vector broadcast(const float* x) { return vector(*x); }
    [[gnu::always_inline]] static vector load(const float* w) { return vector::load_aligned(w); }
    [[gnu::always_inline]] static vector multiply_add(const vector& x, const vector& w, const vector& sum)
    {
        return simd::multiply_add(x, w, sum);
    }
};

/// The sums of a tile: Pixels pixels by Blocks blocks of 16 channels, of which the first Used are there.
template <class Products, dim Pixels, dim Blocks, dim Used>
struct tile_sums {
    using input = typename Products::input;
    using weight = typename Products::weight;
    using vector = typename Products::vector;
    static constexpr dim step = block * Products::together;  ///< weights of a block for one product
    static constexpr dim lanes = simd::lanes_of<vector>, vectors = Used / lanes;
    vector of[index(Blocks)][index(vectors)][index(Pixels)];

    [[gnu::always_inline]] explicit tile_sums(const typename vector::value_type* bias)
    {
#pragma GCC unroll 4
        for (dim o = 0; o < Blocks; ++o)
#pragma GCC unroll 4
            for (dim v = 0; v < vectors; ++v)
#pragma GCC unroll 32
                for (dim t = 0; t < Pixels; ++t) {
                    of[o][v][t] = bias ? vector::load_unaligned(bias + o * block + v * lanes)
                                       : vector(typename vector::value_type(0));
                }
    }

    /// Adds x[t] w[o] over rows and taps, for Count products of channels (or taps) of the Inner that weights are laid
    /// out for.
    template <dim Count, dim Inner, dim InnerStep, class Grid, dim WeightStep = step>
    [[gnu::always_inline]] void add(const input* x, const weight*& w, const tile_walk& walk)
    {
        for (dim row = 0; row < walk.rows; ++row) {
            const input* from = x + row * walk.x_row;
#pragma GCC unroll 1
            for (dim tap = 0; tap < walk.taps;
                ++tap, from = simd::hide_from_optimizer(from + walk.x_tap), w += Inner * WeightStep) {
                // Of unknown pointers every load has a constant distance: g++ otherwise keeps a register for each
                // distance from w.
                std::array<const weight*, index(Blocks)> weights;
#pragma GCC unroll 4
                for (dim o = 0; o < Blocks; ++o) {
                    weights[index(o)] = simd::hide_from_optimizer(w + o * walk.w_block);
                }
#pragma GCC unroll 16
                for (dim c = 0; c < Count; ++c) {
                    // Where windows share numbers, g++ would keep them in registers that the sums need.
                    const input* const inputs = Grid::step < Inner * InnerStep
                                                    ? simd::hide_from_optimizer(from + c * InnerStep)
                                                    : from + c * InnerStep;
                    vector factor[index(Blocks)][index(vectors)];
#pragma GCC unroll 4
                    for (dim o = 0; o < Blocks; ++o)
#pragma GCC unroll 4
                        for (dim v = 0; v < vectors; ++v) {
                            factor[o][v] =
                                Products::load(weights[index(o)] + c * WeightStep + v * lanes * Products::together);
                        }
#pragma GCC unroll 32
                    for (dim t = 0; t < Pixels; ++t) {
                        const vector number = Products::broadcast(inputs + Grid::x(t));
#pragma GCC unroll 4
                        for (dim o = 0; o < Blocks; ++o)
#pragma GCC unroll 4
                            for (dim v = 0; v < vectors; ++v) {
                                of[o][v][t] = Products::multiply_add(number, factor[o][v], of[o][v][t]);
                            }
                    }
                }
            }
        }
    }

    /// Stores then(sum, residual); zeros beyond Used.
    template <elementwise_expression Then, bool Residual, class Grid>
    [[gnu::always_inline]] void finish(const float* residual, float* y, const tile_walk& walk) const
    {
#pragma GCC unroll 4
        for (dim o = 0; o < Blocks; ++o)
#pragma GCC unroll 32
            for (dim t = 0; t < Pixels; ++t)
#pragma GCC unroll 4
                for (dim v = 0; v < block / lanes; ++v) {
                    vector added{}, result(0.0f);
                    if constexpr (Residual) {
                        added =
                            vector::load_aligned(residual + o * walk.residual_block + Grid::residual(t) + v * lanes);
                    }
                    if (v < vectors) {
                        result = apply_epilogue<Then>(of[o][v][t], added);
                    }
                    result.store_aligned(y + o * walk.y_block + Grid::y(t) + v * lanes);
                }
    }
};

/// y[t][o] = then(bias[o] + the sum over all steps of x[t] w[o], residual[t][o]) for Pixels pixels and Blocks blocks of
/// 16 channels; zeros beyond Used. The walk is flat loops around one unrolled step, of which the last outer one is Last
/// long: unrolled further, the code leaves the instruction cache.
template <dim Pixels, dim Blocks, dim Used, dim Inner, dim InnerStep, dim Last, elementwise_expression Then,
    bool Residual, class Grid>
[[gnu::noinline]] void run_tile(
    const float* x, const float* w, const float* bias, const float* residual, float* y, const tile_walk& walk) noexcept
{
    tile_sums<float_products<Used>, Pixels, Blocks, Used> sum(bias);
    const dim whole = Last < Inner ? walk.outer - 1 : walk.outer;
    for (dim outer = 0; outer < whole; ++outer, x += walk.x_outer) {
        // The next channels lie far away. A small tile asks for them too late.
        if constexpr (Pixels <= 8)
#pragma GCC unroll 8
            for (dim t = 0; t < Pixels; ++t) {
                __builtin_prefetch(x + walk.x_outer + Grid::x(t));
            }
        sum.template add<Inner, Inner, InnerStep, Grid>(x, w, walk);
    }
    if constexpr (Last < Inner) {
        sum.template add<Last, Inner, InnerStep, Grid>(x, w, walk);
    }
    sum.template finish<Then, Residual, Grid>(residual, y, walk);
    keep_stores();
}

}  // namespace cameo::inline CAMEO_TARGET::detail
