// The elementwise function of ONNX Div: the quotient of two broadcast operands; total for integers, so that no network
// traps.
#pragma once
#include <cameo/core/floats.hpp>
#include <cameo/function/function.hpp>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// a / b, integers towards zero, and 0 where b is the integer 0. The smallest integer stays the same divided by -1.
/// ONNX Div, opsets 7, 13, 14.
struct div {
    static constexpr const char* name = "Div";
    static constexpr int opsets[] = {1, 6, 7, 13, 14};
    using elements = number_elements;

    template <class T>
    constexpr T operator()(T a, T b) const
    {
        if constexpr (std::is_integral_v<T>) {
            if (is_minus_one(b)) {
                return wrapping_negative(a);
            }
            return b == 0 ? T(0) : static_cast<T>(a / b);
        } else {
            return detail::quotient<T>(a, b);
        }
    }
};
}  // namespace functions

inline constexpr expression<functions::div> div;

}  // namespace cameo::inline CAMEO_TARGET
