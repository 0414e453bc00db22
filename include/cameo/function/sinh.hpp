// The elementwise function of ONNX Sinh: the hyperbolic sine of each element; floats only.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Sinh, opsets 9, 22.
struct sinh {
    static constexpr const char* name = "Sinh";
    static constexpr int opsets[] = {9, 22};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::sinh;
        return sinh(x);
    }
};
}  // namespace functions

inline constexpr expression<functions::sinh> sinh;

}  // namespace cameo::inline CAMEO_TARGET
