// The elementwise function of ONNX Clip: each element bounded by a lower and an upper operand; NaN passes through.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// min(max(x, low), high). ONNX Clip, opsets 6, 11, 12, 13.
struct clip {
    static constexpr const char* name = "Clip";
    static constexpr int opsets[] = {1, 6, 11, 12, 13};
    using elements = number_elements;

    template <class T>
    constexpr T operator()(T x, T low, T high) const
    {
        const T at_least = select(x < low, low, x);
        return select(at_least > high, high, at_least);
    }
};
}  // namespace functions

inline constexpr expression<functions::clip> clip;

}  // namespace cameo::inline CAMEO_TARGET
