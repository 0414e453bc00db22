// The elementwise function of ONNX Log: the natural logarithm of each element; floats only.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Log, opsets 6, 13.
struct log {
    static constexpr const char* name = "Log";
    static constexpr int opsets[] = {1, 6, 13};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::log;
        return log(x);
    }
};
}  // namespace functions

inline constexpr expression<functions::log> log;

}  // namespace cameo::inline CAMEO_TARGET
