// The functions that `cameo generate --math fast` substitutes. Their definitions are exact; kernel/function/fast.hpp
// approximates them on vectors of floats.
#pragma once
#include <cameo/function/erf.hpp>
#include <cameo/function/exp.hpp>
#include <cameo/function/gelu.hpp>
#include <cameo/function/gelu_tanh.hpp>
#include <cameo/function/sigmoid.hpp>
#include <cameo/function/tanh.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace functions {
/// The base of functions that approximate one, and are not ONNX operators themselves.
template <class Exact>
struct fast {
    using exact = Exact;
    static constexpr const char* name = Exact::name;
    using elements = typename Exact::elements;

    template <class T>
    constexpr T operator()(T x) const
    {
        return exact{}(x);
    }
};

struct fast_erf : fast<erf> {};
struct fast_exp : fast<exp> {};
struct fast_gelu : fast<gelu> {};
struct fast_gelu_tanh : fast<gelu_tanh> {};
struct fast_sigmoid : fast<sigmoid> {};
struct fast_tanh : fast<tanh> {};
}  // namespace functions

inline constexpr expression<functions::fast_erf> fast_erf;
inline constexpr expression<functions::fast_exp> fast_exp;
inline constexpr expression<functions::fast_gelu> fast_gelu;
inline constexpr expression<functions::fast_gelu_tanh> fast_gelu_tanh;
inline constexpr expression<functions::fast_sigmoid> fast_sigmoid;
inline constexpr expression<functions::fast_tanh> fast_tanh;

namespace detail {
/// Tells whether a function approximates another.
template <class Function>
inline constexpr bool approximates = requires { typename Function::exact; };
}  // namespace detail

}  // namespace cameo::inline CAMEO_TARGET
