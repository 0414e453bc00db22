// The elementwise function of ONNX Gelu, tanh approximation: an activation of transformers (GPT-2).
#pragma once
#include <cameo/function/sigmoid.hpp>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// x (1 + tanh(u)) / 2 = x / (1 + exp(-2 u)) with u = sqrt(2 / pi) (x + 0.044715 x^3), for floats computed in double;
/// -0 at minus infinity. ONNX Gelu, opset 20, approximate "tanh".
struct gelu_tanh {
    static constexpr const char* name = "Gelu";
    static constexpr int opsets[] = {20};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        if constexpr (std::is_same_v<T, float>) {
            return static_cast<T>((*this)(static_cast<double>(x)));
        } else {
            const T y = select(x < T(-39), T(-39), x);
            return times_sigmoid(y, number<T>(1.59576912160573071176) * (y + number<T>(0.044715) * y * y * y));
        }
    }
};
}  // namespace functions

inline constexpr expression<functions::gelu_tanh> gelu_tanh;

}  // namespace cameo::inline CAMEO_TARGET
