// Fast path of winograd: tiles of blocked inputs are transformed a chunk at a time, which stays in cache; then each point is a matrix
// product, made by the register tiles of convolution.
#pragma once
#include <cameo/kernel/conv_storage.hpp>
#include <cameo/kernel/padding.hpp>
#include <cameo/kernel/tile.hpp>
#include <cameo/kernel/winograd_storage.hpp>
#include <cameo/kernel/winograd_transform.hpp>

namespace cameo {

namespace detail {

template <winograd_spec S, tensor_type Y>
struct winograd_tiles {
    static constexpr winograd_spec spec = S;
    static constexpr stored_extents x{S.x}, y{Y}, residual{S.residual};
    static constexpr halo around = S.x.storage.halo, y_around = Y.storage.halo, residual_around = S.residual.storage.halo;
    static constexpr dim size = S.size(), points = S.points(), rows = Y.shape[2], columns = Y.shape[3];
    static constexpr dim tiles = S.tiles(), together = S.tiles_together();
    static constexpr dim inputs = S.point_of_inputs(), outputs = S.point_of_outputs();
    static constexpr dim plane = together * block;  ///< in scratch, from one block of channels to the next
    using transform = winograd_rows<S.tile, S.taps>;

    struct place {
        dim image, row, column;
    };
    /// The first output of a tile.
    static constexpr place place_of(dim number)
    {
        constexpr dim across = S.tiles(1), down = S.tiles(0);
        return {number / across / down, number / across % down * spec.tile, number % across * spec.tile};
    }

    /// B' d B of the tiles from `first` on, as points x blocks of channels x tiles x 16.
    static void transform_inputs(const float* from, dim first, dim count, float* to) noexcept
    {
        for (dim c = 0; c < x.channel_blocks; ++c)
            for (dim t = 0; t < count; ++t) {
                const place at = place_of(first + t);
                const float* corner = from + (at.image * x.channel_blocks + c) * x.plane() + (at.row + around.top - spec.window.pad_begin(0)) * x.row() +
                                      (at.column + around.left - spec.window.pad_begin(1)) * block;
                for (dim v = 0; v < block; v += lanes) transform_input(corner + v, to + c * plane + t * block + v);
            }
    }

    [[gnu::always_inline]] static void transform_input(const float* from, float* to) noexcept
    {
        batch half[size][size];
#pragma GCC unroll 8
        for (dim column = 0; column < size; ++column) {
            std::array<batch, size> d;
#pragma GCC unroll 8
            for (dim row = 0; row < size; ++row) d[index(row)] = batch::load_aligned(from + row * x.row() + column * block);
            d = transform::input(d);
#pragma GCC unroll 8
            for (dim row = 0; row < size; ++row) half[row][column] = d[index(row)];
        }
#pragma GCC unroll 8
        for (dim row = 0; row < size; ++row) {
            std::array<batch, size> d;
#pragma GCC unroll 8
            for (dim column = 0; column < size; ++column) d[index(column)] = half[row][column];
            d = transform::input(d);
#pragma GCC unroll 8
            for (dim column = 0; column < size; ++column) d[index(column)].store_aligned(to + (row * size + column) * inputs);
        }
    }

    /// For each point, the products of its inputs with its filters.
    template <dim Count>
    static void multiply(const float* from, const float* w, float* to) noexcept
    {
        constexpr dim blocks_in = blocks(S.x.shape[1]), blocks_out = blocks(S.filters), w_block = blocks_in * block * block;
        constexpr register_tile tile = choose_tile(Count, blocks_out);
        constexpr tile_walk walk{blocks_in, 1, 1, plane, 0, 0, w_block, plane, 0};
        constexpr dim whole = Count / tile.pixels * tile.pixels, rest = Count - whole;
        for (dim p = 0; p < points; ++p, from += inputs, to += outputs)
            for (dim o = 0; o < blocks_out; o += tile.blocks, w += tile.blocks * w_block) {
                float* const sums = to + o * plane;
                for (dim t = 0; t < whole; t += tile.pixels)
                    run_tile<tile.pixels, tile.blocks, block, block, 1, program{}, false>(from + t * block, w, nullptr, nullptr, sums + t * block, walk);
                if constexpr (rest > 0) run_tile<rest, tile.blocks, block, block, 1, program{}, false>(from + whole * block, w, nullptr, nullptr, sums + whole * block, walk);
            }
    }

    /// A' m A of the tiles from `first` on, with bias, residual and epilogue, into the result.
    static void transform_outputs(const float* from, const float* bias, const float* add, dim first, dim count, float* to) noexcept
    {
        for (dim m = 0; m < y.channel_blocks; ++m)
            for (dim t = 0; t < count; ++t) {
                const place at = place_of(first + t);
                const dim down = std::min(spec.tile, rows - at.row), across = std::min(spec.tile, columns - at.column);
                const dim channel = at.image * y.channel_blocks + m;
                float* const corner = to + channel * y.plane() + (at.row + y_around.top) * y.row() + (at.column + y_around.left) * block;
                const float* const added = S.residual.present() ? add + channel * residual.plane() + (at.row + residual_around.top) * residual.row() +
                                                                      (at.column + residual_around.left) * block
                                                                : nullptr;
                for (dim v = 0; v < block; v += lanes)
                    transform_output(from + m * plane + t * block + v, bias ? batch::load_unaligned(bias + m * block + v) : batch(0.0f),
                        added ? added + v : nullptr, corner + v, down, across);
            }
    }

    [[gnu::always_inline]] static void transform_output(const float* from, const batch& bias, const float* add, float* to, dim down, dim across) noexcept
    {
        batch half[S.tile][size];
#pragma GCC unroll 8
        for (dim column = 0; column < size; ++column) {
            std::array<batch, size> m;
#pragma GCC unroll 8
            for (dim row = 0; row < size; ++row) m[index(row)] = batch::load_aligned(from + (row * size + column) * outputs);
            const auto sums = transform::output(m);
#pragma GCC unroll 8
            for (dim row = 0; row < S.tile; ++row) half[row][column] = sums[index(row)];
        }
#pragma GCC unroll 8
        for (dim row = 0; row < S.tile; ++row) {
            if (row >= down) break;
            std::array<batch, size> m;
#pragma GCC unroll 8
            for (dim column = 0; column < size; ++column) m[index(column)] = half[row][column];
            const auto sums = transform::output(m);
#pragma GCC unroll 8
            for (dim column = 0; column < S.tile; ++column) {
                if (column >= across) break;
                std::array<batch, 2> operands{sums[index(column)] + bias};
                if constexpr (S.residual.present()) operands[1] = batch::load_aligned(add + row * residual.row() + column * block);
                apply<S.then>(operands).store_aligned(to + row * y.row() + column * block);
            }
        }
    }

    template <dim Count>
    static void run(const float* from, const float* w, const float* bias, const float* add, float* to, float* scratch, dim first) noexcept
    {
        float* const products = scratch + points * inputs;
        transform_inputs(from, first, Count, scratch);
        multiply<Count>(scratch, w, products);
        transform_outputs(products, bias, add, first, Count, to);
    }
};

}  // namespace detail

template <winograd_spec S, tensor_type Y>
    requires(S.x.storage.arrangement == arrangement::blocked && S.x.element == element::float32 && contains(S.x.storage.halo, needed_halo(S)) &&
             S.w.storage.arrangement == arrangement::filter_blocked && Y.storage.arrangement == arrangement::blocked && vectorizes<S.then>)
struct kernel<S, Y> {
    static void run(std::span<const float> x, std::span<const float> w, std::span<const float> b, std::span<const float> residual, std::span<float> y, std::span<float> scratch) noexcept
    {
        using tiles = detail::winograd_tiles<S, Y>;
        constexpr dim whole = tiles::tiles / tiles::together * tiles::together, rest = tiles::tiles - whole;
        const float* const bias = S.b.present() ? b.data() : nullptr;
        for (dim first = 0; first < whole; first += tiles::together)
            tiles::template run<tiles::together>(x.data(), w.data(), bias, residual.data(), y.data(), scratch.data(), first);
        if constexpr (rest > 0) tiles::template run<rest>(x.data(), w.data(), bias, residual.data(), y.data(), scratch.data(), whole);
        if constexpr (!detail::keeps_zeros<S.then>) detail::clear_padding<Y>(y.data());
    }
};

}  // namespace cameo
