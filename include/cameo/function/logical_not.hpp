// The elementwise function of ONNX Not: the negation of each boolean.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// ONNX Not, opset 1.
struct logical_not {
    static constexpr const char* name = "Not";
    static constexpr int opsets[] = {1};
    using elements = type_list<bool>;
    static constexpr bool scalar_only = true;

    template <class T>
    constexpr T operator()(T x) const
    {
        return !x;
    }
};
}  // namespace functions

inline constexpr expression<functions::logical_not> logical_not;

}  // namespace cameo::inline CAMEO_TARGET
