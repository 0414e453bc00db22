// The elementwise function of ONNX Cos: the cosine of each element, in radians; floats only.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Cos, opsets 7, 22.
struct cos {
    static constexpr const char* name = "Cos";
    static constexpr int opsets[] = {7, 22};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::cos;
        return cos(x);
    }
};
}  // namespace functions

inline constexpr expression<functions::cos> cos;

}  // namespace cameo::inline CAMEO_TARGET
