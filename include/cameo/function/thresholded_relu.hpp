// The elementwise function of ONNX ThresholdedRelu: elements that do not exceed attribute alpha become 0.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// x above alpha, 0 elsewhere. ONNX ThresholdedRelu, opsets 10, 22.
struct thresholded_relu {
    static constexpr const char* name = "ThresholdedRelu";
    static constexpr int opsets[] = {10, 22};
    using elements = floating_elements;
    static constexpr attribute attributes[] = {{"alpha", 1}};

    template <class T>
    constexpr T operator()(T x, T alpha) const
    {
        return select(x > alpha, x, T(0));
    }
};
}  // namespace functions

inline constexpr expression<functions::thresholded_relu> thresholded_relu;

}  // namespace cameo::inline CAMEO_TARGET
