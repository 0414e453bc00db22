#pragma once
#include <cameo/function/function.hpp>

namespace cameo {

namespace functions {
/// 1 / (1 + exp(-x)). ONNX Sigmoid, opsets 6, 13.
struct sigmoid {
    static constexpr std::string_view name = "Sigmoid";
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using std::exp;
        return T(1) / (T(1) + exp(-x));
    }
};
}  // namespace functions

inline constexpr expression<functions::sigmoid> sigmoid;

}  // namespace cameo
