// The elementwise function of ONNX Ceil: each float rounded up to an integer.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Ceil, opsets 6, 13.
struct ceil {
    static constexpr const char* name = "Ceil";
    static constexpr int opsets[] = {1, 6, 13};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::ceil;
        return ceil(x);
    }
};
}  // namespace functions

inline constexpr expression<functions::ceil> ceil;

}  // namespace cameo::inline CAMEO_TARGET
