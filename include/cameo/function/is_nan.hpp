// The elementwise function of ONNX IsNaN: true where an element is NaN.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX IsNaN, opsets 9, 13, 20.
struct is_nan {
    static constexpr const char* name = "IsNaN";
    static constexpr int opsets[] = {9, 13, 20};
    using elements = floating_elements;
    static constexpr bool scalar_only = true;
    static constexpr bool predicate = true;
    static constexpr bool tells_non_numbers = true;

    template <class T>
    constexpr auto operator()(T x) const
    {
        return x != x;
    }
};
}  // namespace functions

inline constexpr expression<functions::is_nan> is_nan;

}  // namespace cameo::inline CAMEO_TARGET
