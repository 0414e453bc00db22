// The elementwise functions that round floats to what float16 and bfloat16 represent: what an operator of 16 bits does
// with each result.
#pragma once
#include <cameo/function/function.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// The nearest number of a narrower format, ties to even; infinity beyond the largest. No ONNX operator: two Casts.
template <class Narrow>
struct rounding {
    static constexpr const char* name = "Cast";
    using elements = type_list<float>;
    using narrow = Narrow;

    constexpr float operator()(float x) const { return Narrow(x); }
};

struct round_float16 : rounding<float16> {};
struct round_bfloat16 : rounding<bfloat16> {};
}  // namespace functions

inline constexpr expression<functions::round_float16> round_float16;
inline constexpr expression<functions::round_bfloat16> round_bfloat16;

}  // namespace cameo::inline CAMEO_TARGET
