// The elementwise function of ONNX Cosh: the hyperbolic cosine of each element; floats only.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Cosh, opsets 9, 22.
struct cosh {
    static constexpr const char* name = "Cosh";
    static constexpr int opsets[] = {9, 22};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::cosh;
        return cosh(x);
    }
};
}  // namespace functions

inline constexpr expression<functions::cosh> cosh;

}  // namespace cameo::inline CAMEO_TARGET
