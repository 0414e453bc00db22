// The elementwise function of ONNX HardSwish: the piecewise linear swish of MobileNetV3.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// x max(0, min(1, x / 6 + 0.5)) as x max(0, min(6, x + 3)) / 6: the sum is exact where it is near 0. ONNX
/// HardSwish, opsets 14, 22.
struct hard_swish {
    static constexpr const char* name = "HardSwish";
    static constexpr int opsets[] = {14, 22};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        const T y = x + T(3);
        return x * (select(y < T(0), T(0), select(y > T(6), T(6), y)) * number<T>(1.0 / 6));
    }
};
}  // namespace functions

inline constexpr expression<functions::hard_swish> hard_swish;

}  // namespace cameo::inline CAMEO_TARGET
