// The elementwise function of ONNX Max: the larger of two broadcast operands; the importer chains more. NaN propagates.
#pragma once
#include <cameo/core/floats.hpp>
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// The larger, or NaN. ONNX Max of two operands, opsets 6, 8, 12, 13.
struct max {
    static constexpr const char* name = "Max";
    static constexpr int opsets[] = {1, 6, 8, 12, 13};
    using elements = number_elements;

    template <class T>
    constexpr T operator()(T a, T b) const
    {
        using detail::is_a_number;
        return select(is_a_number(a), select(a > b, a, b), a);
    }
};
}  // namespace functions

inline constexpr expression<functions::max> max;

}  // namespace cameo::inline CAMEO_TARGET
