// The fast path of unfolding (im2col): windows of a plain image become blocks of channels.
#pragma once
#include <cameo/kernel/register_tile.hpp>
#include <cameo/kernel/unfold_layout.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

template <unfold_spec S, tensor_type Y>
struct unfolding {
    static constexpr unfold_spec spec = S;
    static constexpr stored_extents from{S.x}, to{Y};

    /// For the 16 channels from `first` on, Count of which exist: where each reads, relative to the first pixel of the
    /// image.
    template <dim Count, dim First>
    static constexpr std::array<dim, index(Count)> sources = [] {
        std::array<dim, index(Count)> all{};
        for (dim l = 0; l < Count; ++l) {
            all[index(l)] =
                from.distance(0, (First + l) / spec.taps(), spec.reads(0, First + l, 0), spec.reads(1, First + l, 0));
        }
        return all;
    }();

    template <dim Count, dim First>
    static void run_row(const float* source, float* target) noexcept
    {
        constexpr dim stride = spec.window.stride(1);
        for (dim column = 0; column < to.columns; ++column, source += stride, target += block) {
#pragma GCC unroll 16
            for (dim l = 0; l < block; ++l) {
                target[l] = l < Count ? source[sources<Count, First>[index(std::min(l, Count - 1))]] : 0.0f;
            }
        }
    }

    template <dim First>
    static void run_block(const float* x, float* y) noexcept
    {
        constexpr dim count = std::min(block, Y.shape[1] - First), stride = spec.window.stride(0);
        for (dim n = 0; n < to.batch; ++n) {
            for (dim row = 0; row < to.rows; ++row) {
                run_row<count, First>(
                    x + from.place(n, 0, 0) + row * stride * from.distance(0, 0, 1, 0), y + to.place(n, First, row));
            }
        }
    }
};

}  // namespace detail

template <unfold_spec S, tensor_type Y>
    requires(unfolds_into_blocks(S) && S.x.storage.layout == input_layout(S) &&
             contains(S.x.storage.halo, needed_halo(S)) && is_blocked(Y))
struct kernel<S, Y> {
    static void run(std::span<const float> x, std::span<float> y) noexcept
    {
        constexpr dim blocks = detail::unfolding<S, Y>::to.channel_blocks;
        [&]<dim... Block>(std::integer_sequence<dim, Block...>) {
            (detail::unfolding<S, Y>::template run_block<Block * block>(x.data(), y.data()), ...);
        }(std::make_integer_sequence<dim, blocks>{});
    }
};

}  // namespace cameo::inline CAMEO_TARGET
