// AveragePool of quantized numbers on blocked storage.
#pragma once
#include <cameo/kernel/padding.hpp>
#include <cameo/kernel/pool.hpp>
#include <cameo/kernel/quantized_program.hpp>
#include <cameo/op/quantized_average_pool.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

template <quantized_average_pool_spec S, tensor_type Y>
struct quantized_average {
    using vector = simd::vector<std::int32_t, simd::byte_lanes(block)>;
    using floats = simd::vector<float, simd::lanes_of<vector>>;
    static constexpr average_pool_spec spec = S.on_numbers();
    static constexpr stored_extents x{S.x};
    static constexpr std::int32_t start = 0, zero_point = static_cast<std::int32_t>(S.zero_point);

    /// Taps on the input: as many zero points are in the sum.
    static constexpr std::int32_t taps_at(const per_axis& at)
    {
        dim taps = 1;
        for (int a = 0; a < spec.window.kernel_shape.rank; ++a) {
            const tap_range r = taps_inside(spec.window, a, at[index(a)], spec.window.kernel_shape[a], spec.x.shape[a + 2]);
            taps *= r.last - r.first;
        }
        return static_cast<std::int32_t>(taps);
    }
    static vector combine(const vector& a, const std::uint8_t* b) { return a + simd::widen<vector>(b); }
    template <class R>
    static void finish(const per_axis& at, const vector& v, R* to)
    {
        const vector sum = v - vector(zero_point * taps_at(at));
        const floats average = simd::divide(floats(xsimd::to_float(sum).data), floats(static_cast<float>(counted_taps(spec, at))));
        simd::store_saturated(apply_exactly<S.then>(std::array<floats, 1>{average}), to);
    }
};

}  // namespace detail

template <quantized_average_pool_spec S, tensor_type Y>
    requires(detail::pools_blocked<S, Y> && exact_on_vectors(S.then))
struct kernel<S, Y> {
    using number = element_type<Y.element>;
    static void run(std::span<const std::uint8_t> x, std::span<number> y) noexcept
    {
        detail::blocked_pool<S, Y, detail::quantized_average<S, Y>>::run(x.data(), y.data());
        if constexpr (std::is_floating_point_v<number>) detail::clear_padding<Y>(y.data());
    }
};

}  // namespace cameo
