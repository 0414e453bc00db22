// The elementwise function of ONNX Shrink: elements move towards 0 by attribute bias, and vanish within lambd of it.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// x + bias below -lambd, x - bias above lambd, 0 between. ONNX Shrink, opset 9.
struct shrink {
    static constexpr const char* name = "Shrink";
    static constexpr int opsets[] = {9};
    using elements = number_elements;
    static constexpr attribute attributes[] = {{"lambd", 0.5}, {"bias", 0}};

    template <class T>
    constexpr T operator()(T x, T lambd, T bias) const
    {
        const T low = wrapping_sum(x, bias), high = wrapping_difference(x, bias), minus = wrapping_negative(lambd);
        return select(x < minus, low, select(x > lambd, high, T(0)));
    }
};
}  // namespace functions

inline constexpr expression<functions::shrink> shrink;

}  // namespace cameo::inline CAMEO_TARGET
