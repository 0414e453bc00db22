// The elementwise function of ONNX Tanh: the hyperbolic tangent of each element; floats only.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Tanh, opsets 6, 13.
struct tanh {
    static constexpr const char* name = "Tanh";
    static constexpr int opsets[] = {1, 6, 13};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::tanh;
        return tanh(x);
    }
};
}  // namespace functions

inline constexpr expression<functions::tanh> tanh;

}  // namespace cameo::inline CAMEO_TARGET
