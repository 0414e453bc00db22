#pragma once
#include <cameo/function/function.hpp>

namespace cameo {

namespace functions {
/// x tanh(softplus(x)). ONNX Mish, opsets 18, 22.
struct mish {
    static constexpr std::string_view name = "Mish";
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using std::abs;
        using std::exp;
        using std::log1p;
        using std::tanh;
        return x * tanh(select(x > T(0), x, T(0)) + log1p(exp(-abs(x))));
    }
};
}  // namespace functions

inline constexpr expression<functions::mish> mish;

}  // namespace cameo
