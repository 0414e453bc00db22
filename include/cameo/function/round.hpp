// The elementwise function of ONNX Round: each float rounded to the nearest integer, ties to even.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// To the nearest integer, halves to even. ONNX Round, opsets 11, 22.
struct round {
    static constexpr const char* name = "Round";
    static constexpr int opsets[] = {11, 22};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::nearbyint;
        return nearbyint(x);
    }
};
}  // namespace functions

inline constexpr expression<functions::round> round;

}  // namespace cameo::inline CAMEO_TARGET
