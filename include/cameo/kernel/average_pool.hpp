// AveragePool on blocked storage.
#pragma once
#include <cameo/kernel/pool.hpp>

namespace cameo {

namespace detail {

struct average {
    static constexpr float start = 0;
    static batch combine(batch a, batch b) { return a + b; }
    static batch finish(const average_pool_spec& s, const per_axis& at, batch v) { return v / batch(static_cast<float>(counted_taps(s, at))); }
};

}  // namespace detail

template <average_pool_spec S, tensor_type Y>
    requires detail::pools_blocked<S, Y>
struct kernel<S, Y> {
    static void run(std::span<const float> x, std::span<float> y) noexcept { detail::blocked_pool<S, Y, detail::average>::run(x.data(), y.data()); }
};

}  // namespace cameo
