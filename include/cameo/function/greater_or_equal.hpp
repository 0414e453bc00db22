// The elementwise function of ONNX GreaterOrEqual: true where the first of two broadcast operands is larger or equal.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// a >= b. ONNX GreaterOrEqual, opsets 12, 16.
struct greater_or_equal {
    static constexpr const char* name = "GreaterOrEqual";
    static constexpr int opsets[] = {12, 16};
    using elements = number_elements;
    static constexpr bool scalar_only = true;
    static constexpr bool predicate = true;

    template <class T>
    constexpr auto operator()(T a, T b) const
    {
        return a >= b;
    }
};
}  // namespace functions

inline constexpr expression<functions::greater_or_equal> greater_or_equal;

}  // namespace cameo::inline CAMEO_TARGET
