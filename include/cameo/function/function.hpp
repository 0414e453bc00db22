// What an elementwise function is: one definition that serves scalars, SIMD batches and expressions.
#pragma once
#include <cameo/core/element.hpp>
#include <cameo/core/select.hpp>
#include <cameo/core/wrapping.hpp>
#include <cameo/function/elementwise_expression.hpp>
#include <cameo/function/mathematics.hpp>
#include <string_view>

namespace cameo::inline CAMEO_TARGET {

/// The place of a function in the list of functions; defined with the list.
template <class Function>
constexpr std::uint8_t place_of();

/// An attribute of an ONNX operator that is an argument of its function, after the operands.
struct attribute {
    std::string_view name;
    double otherwise;
};

/// A constant that float may not hold exactly, as a number or in every lane of a batch.
template <class T>
constexpr T number(double c)
{
    if constexpr (requires { typename T::value_type; }) {
        return T(static_cast<typename T::value_type>(c));
    } else {
        return static_cast<T>(c);
    }
}

/// Applies Function to expressions and constants: the name that expressions are written with.
///
/// A Function is a struct in cameo::functions with its ONNX `name`, the `opsets` that gave it a definition, the
/// `domain` where that is not ONNX's own, the `elements` it takes and an operator() template. The body calls
/// mathematics without qualification (using mathematics::exp; exp(x)), so that a batch finds xsimd's function.
/// Arguments beyond ONNX's operands are the operator's attributes, as constants: `attributes` lists their names and
/// defaults. One that `tells_non_numbers` (NaN, infinities) has no meaning where the compiler takes for granted that
/// there are none.
template <class Function>
struct expression {
    template <class... Argument>
    constexpr elementwise_expression operator()(const Argument&... argument) const
    {
        return compose(place_of<Function>(), argument...);
    }
};

}  // namespace cameo::inline CAMEO_TARGET
