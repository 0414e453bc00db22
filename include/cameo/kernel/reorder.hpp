// The fast path of Reorder between plain, padded and blocked storage, a row at a time.
#pragma once
#include <cameo/kernel/register_tile.hpp>
#include <cameo/kernel/square.hpp>
#include <cameo/op/reorder.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

template <reorder_spec S, tensor_type Y>
struct reorder_rows {
    static constexpr stored_extents from{S.x}, to{Y};
    // Without halos a plane is one long row.
    static constexpr bool one_row = from.contiguous() && to.contiguous();
    static constexpr dim rows = one_row ? 1 : from.rows, columns = one_row ? from.rows * from.columns : from.columns;
    static constexpr dim together = std::max(from.block, to.block);  ///< channels that share cache lines

    /// Moves a row of the channels of a block, the first Count of which exist.
    template <dim Count, class T>
    static void run_row(const T* source, T* target) noexcept
    {
        constexpr bool turns = std::is_same_v<T, float> && from.block != to.block;
        if constexpr (!turns) {
            move<Count>(source, target, 0, columns);
        } else {
            simd::for_each_piece<T, columns>([&]<class V, dim Pixels>(dim i) {
                if constexpr (Pixels < simd::lanes_of<V>) {
                    move<Count>(source, target, i, Pixels);
                } else {
                    for (dim c = 0; c < block; c += Pixels) {
                        turn<Count, V>(source, target, i, c);
                    }
                }
            });
        }
    }

    template <dim Count, class T>
    static void move(const T* source, T* target, dim first, dim count) noexcept
    {
        if constexpr (is_blocked(Y) && Count < block) {
            std::fill_n(target + first * block, count * block, T(0));
        }
        for (dim c = 0; c < Count; ++c) {
            T* const row = target + to.distance(0, c, 0);
            for (dim i = first; i < first + count; ++i) {
                row[i * to.block] = source[from.distance(0, c, 0, i)];
            }
        }
    }

    /// Moves a square: as many pixels, from `first` on, as channels, from c on.
    template <dim Count, class V>
    static void turn(const float* source, float* target, dim first, dim c) noexcept
    {
        constexpr dim lanes = simd::lanes_of<V>;
        std::array<V, index(lanes)> vectors;
#pragma GCC unroll 16
        for (dim l = 0; l < lanes; ++l) {
            if constexpr (is_blocked(S.x)) {
                vectors[index(l)] = V::load_aligned(source + from.distance(0, c, 0, first + l));
            } else {
                vectors[index(l)] =
                    c + l < Count ? V::load_unaligned(source + from.distance(0, c + l, 0, first)) : V(0.0f);
            }
        }
        simd::transpose(vectors);
#pragma GCC unroll 16
        for (dim l = 0; l < lanes; ++l) {
            if constexpr (is_blocked(Y)) {
                vectors[index(l)].store_aligned(target + to.distance(0, c, 0, first + l));
            } else if (c + l < Count) {
                vectors[index(l)].store_unaligned(target + to.distance(0, c + l, 0, first));
            }
        }
    }
};

}  // namespace detail

template <reorder_spec S, tensor_type Y>
    requires(S.x.storage != Y.storage)
struct kernel<S, Y> {
    template <class T>
    static void run(std::span<const T> x, std::span<T> y) noexcept
    {
        using order = detail::reorder_rows<S, Y>;
        for (dim n = 0; n < order::from.batch; ++n) {
            detail::for_each_tile<order::from.channels, order::together>([&]<dim Count>(dim first) {
                for (dim row = 0; row < order::rows; ++row) {
                    order::template run_row<Count>(
                        x.data() + order::from.place(n, first, row), y.data() + order::to.place(n, first, row));
                }
            });
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET
