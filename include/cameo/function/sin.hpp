// The elementwise function of ONNX Sin: the sine of each element, in radians; floats only.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Sin, opsets 7, 22.
struct sin {
    static constexpr const char* name = "Sin";
    static constexpr int opsets[] = {7, 22};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::sin;
        return sin(x);
    }
};
}  // namespace functions

inline constexpr expression<functions::sin> sin;

}  // namespace cameo::inline CAMEO_TARGET
