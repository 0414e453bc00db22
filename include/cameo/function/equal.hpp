// The elementwise function of ONNX Equal: true where two broadcast operands of any element type are equal.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// a == b. ONNX Equal, opsets 7, 11, 13, 19.
struct equal {
    static constexpr const char* name = "Equal";
    static constexpr int opsets[] = {1, 7, 11, 13, 19};
    using elements = any_elements;
    static constexpr bool scalar_only = true;
    static constexpr bool predicate = true;

    template <class T>
    constexpr auto operator()(T a, T b) const
    {
        return a == b;
    }
};
}  // namespace functions

inline constexpr expression<functions::equal> equal;

}  // namespace cameo::inline CAMEO_TARGET
