// The elementwise function of ONNX Celu: a continuously differentiable ELU activation, with attribute alpha.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// max(0, x) + min(0, alpha (exp(x / alpha) - 1)). ONNX Celu, opset 12.
struct celu {
    static constexpr const char* name = "Celu";
    static constexpr int opsets[] = {12, 28};
    using elements = floating_elements;
    static constexpr attribute attributes[] = {{"alpha", 1}};

    template <class T>
    constexpr T operator()(T x, T alpha) const
    {
        using mathematics::expm1;
        return select(x < T(0), alpha * expm1(x / alpha), x);
    }
};
}  // namespace functions

inline constexpr expression<functions::celu> celu;

}  // namespace cameo::inline CAMEO_TARGET
