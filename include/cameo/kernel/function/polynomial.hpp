// Evaluates polynomials on vectors.
#pragma once
#include <cameo/kernel/simd/simd.hpp>

namespace cameo::inline CAMEO_TARGET::simd::detail {

/// p[0] + x p[1] + x^2 p[2] …
template <class V, std::size_t N>
[[gnu::always_inline]] inline V polynomial(const V& x, const std::array<typename V::value_type, N>& p)
{
    V sum(p[N - 1]);
    for (std::size_t i = N - 1; i-- > 0;) {
        sum = multiply_add(sum, x, V(p[i]));
    }
    return sum;
}

}  // namespace cameo::inline CAMEO_TARGET::simd::detail
