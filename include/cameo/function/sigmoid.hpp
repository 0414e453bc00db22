#pragma once
#include <cameo/function/function.hpp>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// 1 / (1 + exp(-x)), for floats computed in double: the exponential of a float overflows before the result is 0. ONNX Sigmoid, opsets 6, 13.
struct sigmoid {
    static constexpr std::string_view name = "Sigmoid";
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::exp;
        if constexpr (std::is_same_v<T, float>) return static_cast<T>((*this)(static_cast<double>(x)));
        else return T(1) / (T(1) + exp(-x));
    }
};
}  // namespace functions

inline constexpr expression<functions::sigmoid> sigmoid;

}  // namespace cameo
