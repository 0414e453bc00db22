// The elementwise function of ONNX Pow: powers of two broadcast operands, which the importer casts to one type; without
// vectors.
#pragma once
#include <cameo/function/function.hpp>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// a to the power of b, both of one type; integers wrap. ONNX Pow, opsets 7, 12, 13, 15.
struct pow {
    static constexpr const char* name = "Pow";
    static constexpr int opsets[] = {1, 7, 12, 13, 15};
    using elements = number_elements;
    static constexpr bool scalar_only = true;

    template <class T>
    constexpr T operator()(T a, T b) const
    {
        using mathematics::pow;
        if constexpr (std::is_integral_v<T>) {
            return wrapping_power(a, b);
        } else {
            return pow(a, b);
        }
    }
};
}  // namespace functions

inline constexpr expression<functions::pow> pow;

}  // namespace cameo::inline CAMEO_TARGET
