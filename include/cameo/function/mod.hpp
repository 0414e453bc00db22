// The elementwise function of ONNX Mod with fmod=0: the remainder with the sign of the divisor; integers only, total.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// The remainder with the sign of b, and 0 where b is 0. ONNX Mod, opsets 10, 13, fmod 0.
struct mod {
    static constexpr const char* name = "Mod";
    static constexpr int opsets[] = {10, 13, 28};
    using elements = integer_elements;
    static constexpr bool scalar_only = true;

    template <class T>
    constexpr T operator()(T a, T b) const
    {
        if (b == 0 || is_minus_one(b)) {
            return T(0);
        }
        const T r = static_cast<T>(a % b);
        return r != 0 && (r < 0) != (b < 0) ? static_cast<T>(r + b) : r;
    }
};
}  // namespace functions

inline constexpr expression<functions::mod> mod;

}  // namespace cameo::inline CAMEO_TARGET
