// The elementwise function of ONNX Sign: -1, 0 or 1 for each element, of all numeric types; NaN passes through.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// -1, 0 or 1. ONNX Sign, opsets 9, 13.
struct sign {
    static constexpr const char* name = "Sign";
    static constexpr int opsets[] = {9, 13};
    using elements = number_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        return select(x > T(0), T(1), select(x < T(0), T(-1), x));
    }
};
}  // namespace functions

inline constexpr expression<functions::sign> sign;

}  // namespace cameo::inline CAMEO_TARGET
