// The elementwise function of ONNX Abs: the absolute value of each element, of all numeric types; that of the smallest
// integer wraps.
#pragma once
#include <cameo/function/function.hpp>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// |x|. ONNX Abs, opsets 6, 13.
struct abs {
    static constexpr const char* name = "Abs";
    static constexpr int opsets[] = {1, 6, 13};
    using elements = number_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::abs;
        if constexpr (std::is_unsigned_v<T>) {
            return x;
        } else if constexpr (std::is_integral_v<T>) {
            return x < 0 ? wrapping_negative(x) : x;
        } else {
            return abs(x);
        }
    }
};
}  // namespace functions

inline constexpr expression<functions::abs> abs;

}  // namespace cameo::inline CAMEO_TARGET
