// The elementwise function of ONNX Add: the sum of two broadcast operands; integers wrap.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Add, opsets 7, 13, 14.
struct add {
    static constexpr const char* name = "Add";
    static constexpr int opsets[] = {1, 6, 7, 13, 14};
    using elements = number_elements;

    template <class T>
    constexpr T operator()(T a, T b) const
    {
        return wrapping_sum(a, b);
    }
};
}  // namespace functions

inline constexpr expression<functions::add> add;

}  // namespace cameo::inline CAMEO_TARGET
