// The elementwise function of ONNX Erf: the Gauss error function of each element; floats only.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Erf, opsets 9, 13.
struct erf {
    static constexpr const char* name = "Erf";
    static constexpr int opsets[] = {9, 13};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::erf;
        return erf(x);
    }
};
}  // namespace functions

inline constexpr expression<functions::erf> erf;

}  // namespace cameo::inline CAMEO_TARGET
