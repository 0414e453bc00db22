#pragma once
#include <cameo/function/function.hpp>

namespace cameo {

namespace functions {
/// x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2. ONNX Gelu, opset 20, approximate "tanh".
struct gelu_tanh {
    static constexpr std::string_view name = "Gelu";
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using std::tanh;
        return T(0.5) * x * (T(1) + tanh(number<T>(0.79788456080286535588) * (x + number<T>(0.044715) * x * x * x)));
    }
};
}  // namespace functions

inline constexpr expression<functions::gelu_tanh> gelu_tanh;

}  // namespace cameo
