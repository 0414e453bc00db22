#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// x max(0, min(1, x / 6 + 0.5)). ONNX HardSwish, opsets 14, 22.
struct hard_swish {
    static constexpr std::string_view name = "HardSwish";
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        const T y = x * number<T>(1.0 / 6) + T(0.5);
        return x * select(y < T(0), T(0), select(y > T(1), T(1), y));
    }
};
}  // namespace functions

inline constexpr expression<functions::hard_swish> hard_swish;

}  // namespace cameo
