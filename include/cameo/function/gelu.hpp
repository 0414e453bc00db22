#pragma once
#include <cameo/function/function.hpp>

namespace cameo {

namespace functions {
/// x (1 + erf(x / sqrt 2)) / 2. ONNX Gelu, opset 20, approximate "none".
struct gelu {
    static constexpr std::string_view name = "Gelu";
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using std::erf;
        return T(0.5) * x * (T(1) + erf(x * number<T>(0.70710678118654752440)));
    }
};
}  // namespace functions

inline constexpr expression<functions::gelu> gelu;

}  // namespace cameo
