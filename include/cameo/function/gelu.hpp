// The elementwise function of ONNX Gelu, exact form: the Gaussian error linear unit by erf, an activation of
// transformers.
#pragma once
#include <cameo/function/function.hpp>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// x (1 + erf(x / sqrt 2)) / 2, for floats computed in double; -0 at minus infinity. Below zero the sum would lose the
/// digits that erfc has. ONNX Gelu, opset 20, approximate "none".
struct gelu {
    static constexpr const char* name = "Gelu";
    static constexpr int opsets[] = {20};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::erfc;
        if constexpr (std::is_same_v<T, float>) {
            return static_cast<T>((*this)(static_cast<double>(x)));
        } else {
            const T y = select(x < T(-39), T(-39), x);
            return T(0.5) * y * erfc(y * number<T>(-0.70710678118654752440));
        }
    }
};
}  // namespace functions

inline constexpr expression<functions::gelu> gelu;

}  // namespace cameo::inline CAMEO_TARGET
