// The fast path of AveragePool on bytes in blocked storage.
#pragma once
#include <cameo/kernel/padding.hpp>
#include <cameo/kernel/pool.hpp>
#include <cameo/kernel/quantized_expression.hpp>
#include <cameo/kernel/simd/ordered.hpp>
#include <cameo/op/quantized_average_pool.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// Windows one after another, each summed as the definition says: channels across the lanes.
template <quantized_average_pool_spec S, tensor_type Y>
struct quantized_average {
    using vector = simd::vector<std::int32_t, simd::byte_lanes(block)>;
    using floats = simd::vector<float, simd::lanes_of<vector>>;
    using sums = simd::ordered<floats>;
    static constexpr average_pool_spec spec = S.on_numbers();
    static constexpr stored_extents x{S.x}, y{Y};

    static floats dequantized(const std::uint8_t* from)
    {
        const vector number = simd::widen<vector>(from) - vector(static_cast<std::int32_t>(S.zero_point));
        return rounded_product(floats(xsimd::to_float(number).data) * floats(static_cast<float>(S.scale)));
    }
    template <class R>
    static void run_window(const std::uint8_t* plane, const per_axis& at, R* to)
    {
        const floats taps(static_cast<float>(counted_taps(spec, at)));
        for (dim v = 0; v < block; v += simd::lanes_of<vector>) {
            const auto sum = sum_of_taps<sums>(spec, at, [&](dim offset) {
                return simd::as<sums>(dequantized(plane + x.place(0, 0, offset / x.columns, offset % x.columns) + v));
            });
            const std::array<floats, 1> average{simd::divide(simd::as<floats>(sum), taps)};
            simd::store_saturated(apply_exactly<S.epilogue>(average), to + v);
        }
    }
    template <class R>
    static void run(const std::uint8_t* from, R* to)
    {
        for (dim plane = 0; plane < x.planes(); ++plane) {
            for (dim row = 0; row < y.rows; ++row) {
                for (dim column = 0; column < y.columns; ++column) {
                    const per_axis at = S.x.shape.rank == 3 ? per_axis{column} : per_axis{row, column};
                    run_window(from + plane * x.plane(), at, to + plane * y.plane() + y.place(0, 0, row, column));
                }
            }
        }
    }
};

}  // namespace detail

template <quantized_average_pool_spec S, tensor_type Y>
    requires(detail::pools_blocked<S, Y> && exact_on_vectors(S.epilogue))
struct kernel<S, Y> {
    using number = element_type<Y.element>;
    static void run(std::span<const std::uint8_t> x, std::span<number> y) noexcept
    {
        detail::quantized_average<S, Y>::run(x.data(), y.data());
        if constexpr (std::is_floating_point_v<number>) {
            detail::clear_padding<Y>(y.data());
        }
    }
};

}  // namespace cameo::inline CAMEO_TARGET
