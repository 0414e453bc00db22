// The elementwise function of ONNX Atanh: the inverse hyperbolic tangent of each element; floats only.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Atanh, opsets 9, 22.
struct atanh {
    static constexpr const char* name = "Atanh";
    static constexpr int opsets[] = {9, 22};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::atanh;
        return atanh(x);
    }
};
}  // namespace functions

inline constexpr expression<functions::atanh> atanh;

}  // namespace cameo::inline CAMEO_TARGET
