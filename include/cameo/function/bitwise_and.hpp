// The elementwise function of ONNX BitwiseAnd: the bits that both operands have; integers only, without vectors.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX BitwiseAnd, opset 18.
struct bitwise_and {
    static constexpr const char* name = "BitwiseAnd";
    static constexpr int opsets[] = {18};
    using elements = integer_elements;
    static constexpr bool scalar_only = true;

    template <class T>
    constexpr T operator()(T a, T b) const
    {
        return static_cast<T>(a & b);
    }
};
}  // namespace functions

inline constexpr expression<functions::bitwise_and> bitwise_and;

}  // namespace cameo::inline CAMEO_TARGET
