// The elementwise function of ONNX Sigmoid: the logistic function of each element, also a part of Swish and Gelu.
#pragma once
#include <cameo/function/function.hpp>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET {

namespace functions {

/// Computes x / (1 + exp(-y)) with half of the exponent at a time, so that no step is subnormal unless the result is.
template <class T>
constexpr T times_sigmoid(T x, T y)
{
    using mathematics::abs;
    using mathematics::exp;
    const T root = exp(T(-0.5) * abs(y)), factor = select(y < T(0), root, T(1));
    return x * factor / (T(1) + root * root) * factor;
}

/// 1 / (1 + exp(-x)), for floats computed in double: the exponential of a float overflows before the result is 0.
/// ONNX Sigmoid, opsets 6, 13.
struct sigmoid {
    static constexpr const char* name = "Sigmoid";
    static constexpr int opsets[] = {1, 6, 13};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        if constexpr (std::is_same_v<T, float>) {
            return static_cast<T>((*this)(static_cast<double>(x)));
        } else {
            return times_sigmoid(T(1), x);
        }
    }
};
}  // namespace functions

inline constexpr expression<functions::sigmoid> sigmoid;

}  // namespace cameo::inline CAMEO_TARGET
