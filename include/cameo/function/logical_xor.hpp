// The elementwise function of ONNX Xor: true where two boolean operands differ.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Xor, opset 7.
struct logical_xor {
    static constexpr const char* name = "Xor";
    static constexpr int opsets[] = {1, 7};
    using elements = type_list<bool>;
    static constexpr bool scalar_only = true;

    template <class T>
    constexpr T operator()(T a, T b) const
    {
        return a != b;
    }
};
}  // namespace functions

inline constexpr expression<functions::logical_xor> logical_xor;

}  // namespace cameo::inline CAMEO_TARGET
