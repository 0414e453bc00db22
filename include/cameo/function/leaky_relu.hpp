// The elementwise function of ONNX LeakyRelu: negative elements are multiplied by attribute alpha.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// x, or alpha x below 0. ONNX LeakyRelu, opsets 6, 16.
struct leaky_relu {
    static constexpr const char* name = "LeakyRelu";
    static constexpr int opsets[] = {1, 6, 16};
    using elements = floating_elements;
    static constexpr attribute attributes[] = {{"alpha", 0.01}};

    template <class T>
    constexpr T operator()(T x, T alpha) const
    {
        return select(x < T(0), alpha * x, x);
    }
};
}  // namespace functions

inline constexpr expression<functions::leaky_relu> leaky_relu;

}  // namespace cameo::inline CAMEO_TARGET
