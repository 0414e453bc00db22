// The elementwise function of ONNX Swish (SiLU): each element times the sigmoid of itself, with attribute alpha.
#pragma once
#include <cameo/function/sigmoid.hpp>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// x sigmoid(alpha x), for floats computed in double. ONNX Swish, opset 24.
struct swish {
    static constexpr std::string_view name = "Swish";
    static constexpr std::array opsets{24};
    using elements = floating_elements;
    static constexpr std::array attributes{attribute{"alpha", 1}};

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
