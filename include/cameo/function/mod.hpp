// The elementwise function of ONNX Mod with fmod=0: the remainder with the sign of the divisor; total.
#pragma once
#include <cameo/function/function.hpp>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// The remainder with the sign of b, also if it is 0, and 0 where b is the integer 0. ONNX Mod, opsets 10, 13, 28, fmod
/// 0; opset 28 takes floats.
struct mod {
    static constexpr const char* name = "Mod";
    static constexpr int opsets[] = {10, 13, 28};
    using elements = number_elements;
    static constexpr bool scalar_only = true;

    template <class T>
    constexpr T operator()(T a, T b) const
    {
        if constexpr (std::is_integral_v<T>) {
            if (b == 0 || is_minus_one(b)) {
                return T(0);
            }
            const T r = static_cast<T>(a % b);
            return r != 0 && (r < 0) != (b < 0) ? static_cast<T>(r + b) : r;
        } else {
            const T r = mathematics::fmod(a, b);
            return r == 0 ? mathematics::copysign(T(0), b) : (r < 0) != (b < 0) ? r + b : r;
        }
    }
};
}  // namespace functions

inline constexpr expression<functions::mod> mod;

}  // namespace cameo::inline CAMEO_TARGET
