// The elementwise function of ONNX LessOrEqual: true where the first of two broadcast operands is smaller or equal.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// a <= b. ONNX LessOrEqual, opsets 12, 16.
struct less_or_equal {
    static constexpr const char* name = "LessOrEqual";
    static constexpr int opsets[] = {12, 16};
    using elements = number_elements;
    static constexpr bool scalar_only = true;
    static constexpr bool predicate = true;

    template <class T>
    constexpr auto operator()(T a, T b) const
    {
        return a <= b;
    }
};
}  // namespace functions

inline constexpr expression<functions::less_or_equal> less_or_equal;

}  // namespace cameo::inline CAMEO_TARGET
