// The elementwise function of ONNX Floor: each float rounded down to an integer.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Floor, opsets 6, 13.
struct floor {
    static constexpr const char* name = "Floor";
    static constexpr int opsets[] = {1, 6, 13};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::floor;
        return floor(x);
    }
};
}  // namespace functions

inline constexpr expression<functions::floor> floor;

}  // namespace cameo::inline CAMEO_TARGET
