// The elementwise function of ONNX Acosh: the inverse hyperbolic cosine of each element; floats only.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Acosh, opsets 9, 22.
struct acosh {
    static constexpr const char* name = "Acosh";
    static constexpr int opsets[] = {9, 22};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::acosh;
        return acosh(x);
    }
};
}  // namespace functions

inline constexpr expression<functions::acosh> acosh;

}  // namespace cameo::inline CAMEO_TARGET
