// MaxPool on blocked storage.
#pragma once
#include <cameo/kernel/pool.hpp>

namespace cameo {

namespace detail {

struct largest {
    static constexpr float start = -std::numeric_limits<float>::infinity();
    static batch combine(batch a, batch b) { return simd::larger(a, b); }
    static batch finish(const auto&, const per_axis&, batch v) { return v; }
};

}  // namespace detail

template <max_pool_spec S, tensor_type Y>
    requires detail::pools_blocked<S, Y>
struct kernel<S, Y> {
    static void run(std::span<const float> x, std::span<float> y, nothing) noexcept { detail::blocked_pool<S, Y, detail::largest>::run(x.data(), y.data()); }
};

}  // namespace cameo
