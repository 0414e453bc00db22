// The elementwise function of ONNX Or: true where either boolean operand is.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Or, opset 7.
struct logical_or {
    static constexpr const char* name = "Or";
    static constexpr int opsets[] = {1, 7};
    using elements = type_list<bool>;
    static constexpr bool scalar_only = true;

    template <class T>
    constexpr T operator()(T a, T b) const
    {
        return a || b;
    }
};
}  // namespace functions

inline constexpr expression<functions::logical_or> logical_or;

}  // namespace cameo::inline CAMEO_TARGET
