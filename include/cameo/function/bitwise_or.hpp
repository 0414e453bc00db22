// The elementwise function of ONNX BitwiseOr: the bits that either operand has; integers only, without vectors.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX BitwiseOr, opset 18.
struct bitwise_or {
    static constexpr const char* name = "BitwiseOr";
    static constexpr int opsets[] = {18};
    using elements = integer_elements;
    static constexpr bool scalar_only = true;

    template <class T>
    constexpr T operator()(T a, T b) const
    {
        return static_cast<T>(a | b);
    }
};
}  // namespace functions

inline constexpr expression<functions::bitwise_or> bitwise_or;

}  // namespace cameo::inline CAMEO_TARGET
