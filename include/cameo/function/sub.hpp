// The elementwise function of ONNX Sub: the difference of two broadcast operands; integers wrap.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Sub, opsets 7, 13, 14.
struct sub {
    static constexpr const char* name = "Sub";
    static constexpr int opsets[] = {1, 6, 7, 13, 14};
    using elements = number_elements;

    template <class T>
    constexpr T operator()(T a, T b) const
    {
        return wrapping_difference(a, b);
    }
};
}  // namespace functions

inline constexpr expression<functions::sub> sub;

}  // namespace cameo::inline CAMEO_TARGET
