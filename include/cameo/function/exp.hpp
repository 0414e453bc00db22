// The elementwise function of ONNX Exp: the exponential of each element; floats only.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Exp, opsets 6, 13.
struct exp {
    static constexpr const char* name = "Exp";
    static constexpr int opsets[] = {1, 6, 13};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::exp;
        return exp(x);
    }
};
}  // namespace functions

inline constexpr expression<functions::exp> exp;

}  // namespace cameo::inline CAMEO_TARGET
