// The elementwise function of ONNX Tan: the tangent of each element, in radians; floats only.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Tan, opsets 7, 22.
struct tan {
    static constexpr const char* name = "Tan";
    static constexpr int opsets[] = {7, 22};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::tan;
        return tan(x);
    }
};
}  // namespace functions

inline constexpr expression<functions::tan> tan;

}  // namespace cameo::inline CAMEO_TARGET
