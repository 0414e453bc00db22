// The elementwise function of ONNX Reciprocal: one divided by each element; floats only.
#pragma once
#include <cameo/core/floats.hpp>
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// 1 / x. ONNX Reciprocal, opsets 6, 13.
struct reciprocal {
    static constexpr const char* name = "Reciprocal";
    static constexpr int opsets[] = {1, 6, 13};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        return detail::quotient<T>(T(1), x);
    }
};
}  // namespace functions

inline constexpr expression<functions::reciprocal> reciprocal;

}  // namespace cameo::inline CAMEO_TARGET
