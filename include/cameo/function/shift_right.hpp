// The elementwise function of ONNX BitShift RIGHT: integers shifted by another operand; total for any count.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// Bits moved to the right, copies of the sign behind them; where b is negative or no less than the number of bits,
/// these alone. ONNX BitShift, opsets 11, 28, RIGHT.
struct shift_right {
    static constexpr const char* name = "BitShift";
    static constexpr int opsets[] = {11, 28};
    using elements = integer_elements;
    static constexpr bool scalar_only = true;

    template <class T>
    constexpr T operator()(T a, T b) const
    {
        constexpr int bits = 8 * sizeof(T);
        if (b < 0 || b >= bits) {
            return static_cast<T>(a < 0 ? -1 : 0);
        }
        return static_cast<T>(a >> b);
    }
};
}  // namespace functions

inline constexpr expression<functions::shift_right> shift_right;

}  // namespace cameo::inline CAMEO_TARGET
