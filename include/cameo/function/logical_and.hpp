// The elementwise function of ONNX And: true where both boolean operands are.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX And, opset 7.
struct logical_and {
    static constexpr const char* name = "And";
    static constexpr int opsets[] = {1, 7};
    using elements = type_list<bool>;
    static constexpr bool scalar_only = true;

    template <class T>
    constexpr T operator()(T a, T b) const
    {
        return a && b;
    }
};
}  // namespace functions

inline constexpr expression<functions::logical_and> logical_and;

}  // namespace cameo::inline CAMEO_TARGET
