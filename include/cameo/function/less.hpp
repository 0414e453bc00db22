// The elementwise function of ONNX Less: true where the first of two broadcast operands is smaller.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// a < b. ONNX Less, opsets 7, 9, 13.
struct less {
    static constexpr const char* name = "Less";
    static constexpr int opsets[] = {1, 7, 9, 13};
    using elements = number_elements;
    static constexpr bool scalar_only = true;
    static constexpr bool predicate = true;

    template <class T>
    constexpr auto operator()(T a, T b) const
    {
        return a < b;
    }
};
}  // namespace functions

inline constexpr expression<functions::less> less;

}  // namespace cameo::inline CAMEO_TARGET
