// The elementwise function of ONNX BitwiseNot: the complement of each integer; without vectors.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX BitwiseNot, opset 18.
struct bitwise_not {
    static constexpr const char* name = "BitwiseNot";
    static constexpr int opsets[] = {18};
    using elements = integer_elements;
    static constexpr bool scalar_only = true;

    template <class T>
    constexpr T operator()(T x) const
    {
        return static_cast<T>(~x);
    }
};
}  // namespace functions

inline constexpr expression<functions::bitwise_not> bitwise_not;

}  // namespace cameo::inline CAMEO_TARGET
