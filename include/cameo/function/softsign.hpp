// The elementwise function of ONNX Softsign: an activation between -1 and 1 without exponentials.
#pragma once
#include <cameo/core/floats.hpp>
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// x / (1 + |x|). ONNX Softsign, opsets 1, 22.
struct softsign {
    static constexpr const char* name = "Softsign";
    static constexpr int opsets[] = {1, 22};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::abs;
        return detail::quotient<T>(x, T(1) + abs(x));
    }
};
}  // namespace functions

inline constexpr expression<functions::softsign> softsign;

}  // namespace cameo::inline CAMEO_TARGET
