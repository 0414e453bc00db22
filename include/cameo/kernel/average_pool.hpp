// The fast path of AveragePool on blocked storage.
#pragma once
#include <cameo/kernel/pool.hpp>
#include <cameo/kernel/simd/ordered.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

template <average_pool_spec S>
struct average {
    using vector = batch;
    static constexpr average_pool_spec spec = S;
    static constexpr float start = 0;
    static vector combine(const vector& a, const float* b) { return a + vector::load_aligned(b); }
    static void finish(const per_axis& at, const vector& v, float* to)
    {
        simd::divide(v, vector(static_cast<float>(counted_taps(spec, at)))).store_aligned(to);
    }
};

}  // namespace detail

template <average_pool_spec S, tensor_type Y>
    requires(detail::pools_blocked<S, Y> && S.x.element == element::float32)
struct kernel<S, Y> {
    static void run(std::span<const float> x, std::span<float> y) noexcept
    {
        detail::blocked_pool<S, Y, detail::average<S>>::run(x.data(), y.data());
    }
};

}  // namespace cameo::inline CAMEO_TARGET
