// The elementwise function of ONNX Mod with fmod=1: C's remainder, for floats and integers; without vectors.
#pragma once
#include <cameo/function/function.hpp>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// The remainder with the sign of a, and 0 where b is the integer 0. ONNX Mod, opsets 10, 13, fmod 1.
struct fmod {
    static constexpr const char* name = "Mod";
    static constexpr int opsets[] = {10, 13, 28};
    using elements = number_elements;
    static constexpr bool scalar_only = true;

    template <class T>
    constexpr T operator()(T a, T b) const
    {
        using mathematics::fmod;
        if constexpr (std::is_integral_v<T>) {
            return b == 0 || is_minus_one(b) ? T(0) : static_cast<T>(a % b);
        } else {
            return fmod(a, b);
        }
    }
};
}  // namespace functions

inline constexpr expression<functions::fmod> fmod;

}  // namespace cameo::inline CAMEO_TARGET
