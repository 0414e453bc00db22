// The elementwise function of ONNX Softplus: a smooth form of Relu that does not overflow.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// log(exp(x) + 1), without overflow. ONNX Softplus, opsets 1, 22.
struct softplus {
    static constexpr const char* name = "Softplus";
    static constexpr int opsets[] = {1, 22};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::abs;
        using mathematics::exp;
        using mathematics::log1p;
        return select(x > T(0), x, T(0)) + log1p(exp(-abs(x)));
    }
};
}  // namespace functions

inline constexpr expression<functions::softplus> softplus;

}  // namespace cameo::inline CAMEO_TARGET
