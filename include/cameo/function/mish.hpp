#pragma once
#include <cameo/function/function.hpp>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// x tanh(softplus(x)), for floats computed in double. ONNX Mish, opsets 18, 22.
struct mish {
    static constexpr std::string_view name = "Mish";
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::abs;
        using mathematics::exp;
        using mathematics::log1p;
        using mathematics::tanh;
        if constexpr (std::is_same_v<T, float>) return static_cast<T>((*this)(static_cast<double>(x)));
        else return x * tanh(select(x > T(0), x, T(0)) + log1p(exp(-abs(x))));
    }
};
}  // namespace functions

inline constexpr expression<functions::mish> mish;

}  // namespace cameo
