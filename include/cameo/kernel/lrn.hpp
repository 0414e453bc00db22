// The fast path of LRN on blocked storage: squares of a pixel's channels side by side, then sums over ranges of them.
#pragma once
#include <cameo/kernel/lrn_layout.hpp>
#include <cameo/kernel/simd/ordered.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// Computes x^-beta. Roots are faster than the general power. beta comes from the spec: clang 16 does not accept
/// floating-point template arguments.
template <lrn_spec Spec, class V>
[[gnu::always_inline]] inline V negative_power(const V& x)
{
    if constexpr (Spec.beta == 0.5) {
        return V(1.0f) / xsimd::sqrt(x);
    } else if constexpr (Spec.beta == 0.75) {
        const V root = xsimd::sqrt(x);
        return V(1.0f) / (root * xsimd::sqrt(root));
    } else if constexpr (Spec.beta == 1.0) {
        return V(1.0f) / x;
    } else {
        return xsimd::pow(x, V(static_cast<float>(-Spec.beta)));
    }
}

}  // namespace detail

template <lrn_spec Spec, tensor_type Result>
    requires(normalizes_blocks(Spec) && is_blocked(Spec.x) && is_blocked(Result))
struct kernel<Spec, Result> {
    static constexpr lrn_spec spec = Spec;
    static constexpr tensor_type result = Result;
    static constexpr detail::stored_extents from{spec.x}, to{result};
    using vector = xsimd::batch<float>;
    static constexpr dim lanes = simd::lanes_of<vector>, channels = from.channel_blocks * block;
    static constexpr float weight = static_cast<float>(spec.alpha) / static_cast<float>(spec.size);

    static void run(std::span<const float> x, std::span<float> y) noexcept
    {
        // A block of zeros before the first channel and after the last: regions end there.
        alignas(64) std::array<float, index(channels + 2 * block)> squares{};
        for (dim n = 0; n < from.batch; ++n) {
            for (dim row = 0; row < from.rows; ++row) {
                for (dim column = 0; column < from.columns; ++column) {
                    run_pixel(x.data() + from.place(n, 0, row, column), y.data() + to.place(n, 0, row, column),
                        squares.data() + block);
                }
            }
        }
    }

private:
    static void run_pixel(const float* x, float* y, float* squares)
    {
        for (dim c = 0; c < channels; c += lanes) {
            const vector v = vector::load_aligned(x + from.distance(0, c, 0));
            (v * v).store_aligned(squares + c);
        }
        for (dim c = 0; c < channels; c += lanes) {
            const float* const first = squares + c - (spec.size - 1) / 2;
            vector sum(0.0f);
            for (dim k = 0; k < spec.size; ++k) {
                sum = sum + vector::load_unaligned(first + k);
            }
            const vector shifted = simd::multiply_add(vector(weight), sum, vector(static_cast<float>(spec.bias)));
            const vector scale =
                simd::as<vector>(detail::negative_power<spec>(simd::as<simd::ordered<vector>>(shifted)));
            (vector::load_aligned(x + from.distance(0, c, 0)) * scale).store_aligned(y + to.distance(0, c, 0));
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET
