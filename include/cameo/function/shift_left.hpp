// The elementwise function of ONNX BitShift LEFT: integers shifted by another operand; total for any count.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// Bits moved to the left, discarded beyond the sign; 0 where b is negative or no less than the number of bits. ONNX
/// BitShift, opsets 11, 28, LEFT.
struct shift_left {
    static constexpr const char* name = "BitShift";
    static constexpr int opsets[] = {11, 28};
    using elements = integer_elements;
    static constexpr bool scalar_only = true;

    template <class T>
    constexpr T operator()(T a, T b) const
    {
        const bool outside = b < 0 || b >= static_cast<int>(8 * sizeof(T));
        return outside ? T(0) : static_cast<T>(static_cast<std::uint64_t>(a) << b);
    }
};
}  // namespace functions

inline constexpr expression<functions::shift_left> shift_left;

}  // namespace cameo::inline CAMEO_TARGET
