// The fast path of MaxPool on blocked storage.
#pragma once
#include <cameo/kernel/pool.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

template <class T>
struct largest {
    using vector = simd::vector<T, std::min(simd::widest<T>, block)>;
    static constexpr T start =
        std::numeric_limits<T>::has_infinity ? -std::numeric_limits<T>::infinity() : std::numeric_limits<T>::lowest();
    static vector combine(const vector& a, const T* b) { return simd::largest_or_nan(a, vector::load_aligned(b)); }
    static void finish(const per_axis&, const vector& v, T* to) { v.store_aligned(to); }
};

}  // namespace detail

template <max_pool_spec S, tensor_type Y>
    requires(detail::pools_blocked<S, Y> && (S.x.element == element::float32 || S.x.element == element::uint8))
struct kernel<S, Y> {
    using number = element_type<S.x.element>;
    static void run(std::span<const number> x, std::span<number> y, absent_span) noexcept
    {
        detail::blocked_pool<S, Y, detail::largest<number>>::run(x.data(), y.data());
    }
};

}  // namespace cameo::inline CAMEO_TARGET
