// The elementwise function of ONNX BitwiseXor: the bits in which two operands differ; integers only, without vectors.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX BitwiseXor, opset 18.
struct bitwise_xor {
    static constexpr const char* name = "BitwiseXor";
    static constexpr int opsets[] = {18};
    using elements = integer_elements;
    static constexpr bool scalar_only = true;

    template <class T>
    constexpr T operator()(T a, T b) const
    {
        return static_cast<T>(a ^ b);
    }
};
}  // namespace functions

inline constexpr expression<functions::bitwise_xor> bitwise_xor;

}  // namespace cameo::inline CAMEO_TARGET
