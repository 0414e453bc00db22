// The elementwise function of ONNX Sqrt: the square root of each element; floats only.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Sqrt, opsets 6, 13.
struct sqrt {
    static constexpr const char* name = "Sqrt";
    static constexpr int opsets[] = {1, 6, 13};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::sqrt;
        return sqrt(x);
    }
};
}  // namespace functions

inline constexpr expression<functions::sqrt> sqrt;

}  // namespace cameo::inline CAMEO_TARGET
