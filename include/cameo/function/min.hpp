// The elementwise function of ONNX Min: the smaller of two broadcast operands; the importer chains more. NaN
// propagates.
#pragma once
#include <cameo/core/floats.hpp>
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// The smaller, or NaN. ONNX Min of two operands, opsets 6, 8, 12, 13.
struct min {
    static constexpr const char* name = "Min";
    static constexpr int opsets[] = {1, 6, 8, 12, 13};
    using elements = number_elements;

    template <class T>
    constexpr T operator()(T a, T b) const
    {
        using detail::is_a_number;
        return select(is_a_number(a), select(a < b, a, b), a);
    }
};
}  // namespace functions

inline constexpr expression<functions::min> min;

}  // namespace cameo::inline CAMEO_TARGET
