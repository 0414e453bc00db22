// The elementwise function of ONNX Asinh: the inverse hyperbolic sine of each element; floats only.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Asinh, opsets 9, 22.
struct asinh {
    static constexpr const char* name = "Asinh";
    static constexpr int opsets[] = {9, 22};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::asinh;
        return asinh(x);
    }
};
}  // namespace functions

inline constexpr expression<functions::asinh> asinh;

}  // namespace cameo::inline CAMEO_TARGET
