// The elementwise function of ONNX Swish (SiLU): each element times the sigmoid of itself, with attribute alpha.
#pragma once
#include <cameo/function/sigmoid.hpp>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// x sigmoid(alpha x), for floats computed in double. ONNX Swish, opset 24.
struct swish {
    static constexpr const char* name = "Swish";
    static constexpr int opsets[] = {24};
    using elements = floating_elements;
    static constexpr attribute attributes[] = {{"alpha", 1}};

    template <class T>
    constexpr T operator()(T x, T alpha) const
    {
        if constexpr (std::is_same_v<T, float>) {
            return static_cast<T>((*this)(static_cast<double>(x), static_cast<double>(alpha)));
        } else {
            return times_sigmoid(x, alpha * x);
        }
    }
};
}  // namespace functions

inline constexpr expression<functions::swish> swish;

}  // namespace cameo::inline CAMEO_TARGET
