// The elementwise function of ONNX Elu: the exponential linear unit, an activation with attribute alpha.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// x, or alpha (exp(x) - 1) below 0. ONNX Elu, opsets 6, 22.
struct elu {
    static constexpr const char* name = "Elu";
    static constexpr int opsets[] = {1, 6, 22};
    using elements = floating_elements;
    static constexpr attribute attributes[] = {{"alpha", 1}};

    template <class T>
    constexpr T operator()(T x, T alpha) const
    {
        using mathematics::expm1;
        return select(x < T(0), alpha * expm1(x), x);
    }
};
}  // namespace functions

inline constexpr expression<functions::elu> elu;

}  // namespace cameo::inline CAMEO_TARGET
