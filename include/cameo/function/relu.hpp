// The elementwise function of ONNX Relu: negative elements become 0; NaN passes through.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// max(x, 0), NaN stays. ONNX Relu, opsets 6, 13, 14.
struct relu {
    static constexpr const char* name = "Relu";
    static constexpr int opsets[] = {1, 6, 13, 14};
    using elements = number_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        return select(x < T(0), T(0), x);
    }
};
}  // namespace functions

inline constexpr expression<functions::relu> relu;

}  // namespace cameo::inline CAMEO_TARGET
