// The elementwise function of ONNX HardSigmoid: a piecewise linear sigmoid with attributes alpha and beta.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// max(0, min(1, alpha x + beta)). ONNX HardSigmoid, opsets 6, 22.
struct hard_sigmoid {
    static constexpr const char* name = "HardSigmoid";
    static constexpr int opsets[] = {1, 6, 22};
    using elements = floating_elements;
    static constexpr attribute attributes[] = {{"alpha", 0.2}, {"beta", 0.5}};

    template <class T>
    constexpr T operator()(T x, T alpha, T beta) const
    {
        const T y = alpha * x + beta;
        return select(y < T(0), T(0), select(y > T(1), T(1), y));
    }
};
}  // namespace functions

inline constexpr expression<functions::hard_sigmoid> hard_sigmoid;

}  // namespace cameo::inline CAMEO_TARGET
