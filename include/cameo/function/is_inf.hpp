// The elementwise function of ONNX IsInf: true where an element is infinite, with the signs to detect as operands.
#pragma once
#include <cameo/function/function.hpp>
#include <limits>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX IsInf, opsets 10, 20.
struct is_inf {
    static constexpr const char* name = "IsInf";
    static constexpr int opsets[] = {10, 20};
    using elements = floating_elements;
    static constexpr bool scalar_only = true;
    static constexpr bool predicate = true;
    static constexpr bool tells_non_numbers = true;

    template <class T>
    constexpr auto operator()(T x, T detect_negative, T detect_positive) const
    {
        const T infinity = std::numeric_limits<T>::infinity();
        return (x == infinity && detect_positive != T(0)) || (x == -infinity && detect_negative != T(0));
    }
};
}  // namespace functions

inline constexpr expression<functions::is_inf> is_inf;

}  // namespace cameo::inline CAMEO_TARGET
