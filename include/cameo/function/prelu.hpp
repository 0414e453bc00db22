// The elementwise function of ONNX PRelu: negative elements are multiplied by a slope, which is an operand.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// x, or slope x below 0. ONNX PRelu, opsets 7, 9, 16.
struct prelu {
    static constexpr const char* name = "PRelu";
    static constexpr int opsets[] = {1, 6, 7, 9, 16};
    using elements = number_elements;

    template <class T>
    constexpr T operator()(T x, T slope) const
    {
        return select(x < T(0), wrapping_product(slope, x), x);
    }
};
}  // namespace functions

inline constexpr expression<functions::prelu> prelu;

}  // namespace cameo::inline CAMEO_TARGET
