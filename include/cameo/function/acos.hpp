// The elementwise function of ONNX Acos: the arc cosine of each element, in radians; floats only.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Acos, opsets 7, 22.
struct acos {
    static constexpr const char* name = "Acos";
    static constexpr int opsets[] = {7, 22};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::acos;
        return acos(x);
    }
};
}  // namespace functions

inline constexpr expression<functions::acos> acos;

}  // namespace cameo::inline CAMEO_TARGET
