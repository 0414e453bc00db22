// The elementwise function of ONNX Mish: a smooth activation, of YOLOv4 among others.
#pragma once
#include <cameo/function/function.hpp>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// x tanh(softplus(x)), for floats computed in double. ONNX Mish, opsets 18, 22.
///
/// tanh(log(1 + e)) = e (e + 2) / (e (e + 2) + 2) with e = exp(x), which is 1 from 20 on. The root of e, so that no
/// step is subnormal where the result is not.
struct mish {
    static constexpr const char* name = "Mish";
    static constexpr int opsets[] = {18, 22};
    using elements = floating_elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        using mathematics::exp;
        if constexpr (std::is_same_v<T, float>) {
            return static_cast<T>((*this)(static_cast<double>(x)));
        } else {
            const T root = exp(T(0.5) * select(x < T(20), x, T(20))), e = root * root;
            return select(x < T(20), x * root / (e * (e + T(2)) + T(2)) * (root * (e + T(2))), x);
        }
    }
};
}  // namespace functions

inline constexpr expression<functions::mish> mish;

}  // namespace cameo::inline CAMEO_TARGET
