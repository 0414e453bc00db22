// The elementwise function of ONNX Atan: the arc tangent of each element, in radians; floats only.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Atan, opsets 7, 22.
struct atan {
    static constexpr const char* name = "Atan";
    static constexpr int opsets[] = {7, 22};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::atan;
        return atan(x);
    }
};
}  // namespace functions

inline constexpr expression<functions::atan> atan;

}  // namespace cameo::inline CAMEO_TARGET
