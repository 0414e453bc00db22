// The elementwise function of ONNX Mul: the product of two broadcast operands; integers wrap.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Mul, opsets 7, 13, 14.
struct mul {
    static constexpr const char* name = "Mul";
    static constexpr int opsets[] = {1, 6, 7, 13, 14};
    using elements = number_elements;

    template <class T>
    constexpr T operator()(T a, T b) const
    {
        return wrapping_product(a, b);
    }
};
}  // namespace functions

inline constexpr expression<functions::mul> mul;

}  // namespace cameo::inline CAMEO_TARGET
