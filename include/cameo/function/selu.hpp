// The elementwise function of ONNX Selu: a self-normalizing activation with attributes alpha and gamma.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// gamma x, or gamma alpha (exp(x) - 1) below 0. ONNX Selu, opsets 6, 22.
struct selu {
    static constexpr const char* name = "Selu";
    static constexpr int opsets[] = {1, 6, 22};
    using elements = floating_elements;
    static constexpr attribute attributes[] = {
        {"alpha", 1.67326319217681884765625}, {"gamma", 1.05070102214813232421875}};

    template <class T>
    constexpr T operator()(T x, T alpha, T gamma) const
    {
        using mathematics::expm1;
        return gamma * select(x > T(0), x, alpha * expm1(x));
    }
};
}  // namespace functions

inline constexpr expression<functions::selu> selu;

}  // namespace cameo::inline CAMEO_TARGET
