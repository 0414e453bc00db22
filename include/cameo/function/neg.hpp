// The elementwise function of ONNX Neg: each element with the opposite sign; the smallest integer wraps.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// -x. ONNX Neg, opsets 6, 13.
struct neg {
    static constexpr const char* name = "Neg";
    static constexpr int opsets[] = {1, 6, 13};
    using elements = number_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        return wrapping_negative(x);
    }
};
}  // namespace functions

inline constexpr expression<functions::neg> neg;

}  // namespace cameo::inline CAMEO_TARGET
