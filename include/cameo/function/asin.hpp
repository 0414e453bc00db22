// The elementwise function of ONNX Asin: the arc sine of each element, in radians; floats only.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Asin, opsets 7, 22.
struct asin {
    static constexpr const char* name = "Asin";
    static constexpr int opsets[] = {7, 22};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::asin;
        return asin(x);
    }
};
}  // namespace functions

inline constexpr expression<functions::asin> asin;

}  // namespace cameo::inline CAMEO_TARGET
