// The list of elementwise functions, from which expressions, kernels, tests and the table of operators are made.
#pragma once
#include <cameo/function/abs.hpp>
#include <cameo/function/acos.hpp>
#include <cameo/function/acosh.hpp>
#include <cameo/function/add.hpp>
#include <cameo/function/asin.hpp>
#include <cameo/function/asinh.hpp>
#include <cameo/function/atan.hpp>
#include <cameo/function/atanh.hpp>
#include <cameo/function/bitwise_and.hpp>
#include <cameo/function/bitwise_not.hpp>
#include <cameo/function/bitwise_or.hpp>
#include <cameo/function/bitwise_xor.hpp>
#include <cameo/function/ceil.hpp>
#include <cameo/function/celu.hpp>
#include <cameo/function/clip.hpp>
#include <cameo/function/cos.hpp>
#include <cameo/function/cosh.hpp>
#include <cameo/function/div.hpp>
#include <cameo/function/elu.hpp>
#include <cameo/function/equal.hpp>
#include <cameo/function/erf.hpp>
#include <cameo/function/exp.hpp>
#include <cameo/function/fast.hpp>
#include <cameo/function/floor.hpp>
#include <cameo/function/fmod.hpp>
#include <cameo/function/gelu.hpp>
#include <cameo/function/gelu_tanh.hpp>
#include <cameo/function/greater.hpp>
#include <cameo/function/greater_or_equal.hpp>
#include <cameo/function/hard_sigmoid.hpp>
#include <cameo/function/hard_swish.hpp>
#include <cameo/function/is_inf.hpp>
#include <cameo/function/is_nan.hpp>
#include <cameo/function/leaky_relu.hpp>
#include <cameo/function/less.hpp>
#include <cameo/function/less_or_equal.hpp>
#include <cameo/function/log.hpp>
#include <cameo/function/logical_and.hpp>
#include <cameo/function/logical_not.hpp>
#include <cameo/function/logical_or.hpp>
#include <cameo/function/logical_xor.hpp>
#include <cameo/function/max.hpp>
#include <cameo/function/min.hpp>
#include <cameo/function/mish.hpp>
#include <cameo/function/mod.hpp>
#include <cameo/function/mul.hpp>
#include <cameo/function/neg.hpp>
#include <cameo/function/pow.hpp>
#include <cameo/function/prelu.hpp>
#include <cameo/function/quick_gelu.hpp>
#include <cameo/function/reciprocal.hpp>
#include <cameo/function/relu.hpp>
#include <cameo/function/round.hpp>
#include <cameo/function/round_float16.hpp>
#include <cameo/function/selu.hpp>
#include <cameo/function/shift_left.hpp>
#include <cameo/function/shift_right.hpp>
#include <cameo/function/shrink.hpp>
#include <cameo/function/sigmoid.hpp>
#include <cameo/function/sign.hpp>
#include <cameo/function/sin.hpp>
#include <cameo/function/sinh.hpp>
#include <cameo/function/softplus.hpp>
#include <cameo/function/softsign.hpp>
#include <cameo/function/sqrt.hpp>
#include <cameo/function/sub.hpp>
#include <cameo/function/swish.hpp>
#include <cameo/function/tan.hpp>
#include <cameo/function/tanh.hpp>
#include <cameo/function/thresholded_relu.hpp>
#include <type_traits>
#include <utility>

namespace cameo::inline CAMEO_TARGET {

using function_list = type_list<functions::abs, functions::acos, functions::acosh, functions::add, functions::asin,
    functions::asinh, functions::atan, functions::atanh, functions::bitwise_and, functions::bitwise_not,
    functions::bitwise_or, functions::bitwise_xor, functions::ceil, functions::celu, functions::clip, functions::cos,
    functions::cosh, functions::div, functions::elu, functions::equal, functions::erf, functions::exp,
    functions::fast_erf, functions::fast_exp, functions::fast_gelu, functions::fast_gelu_tanh, functions::fast_sigmoid,
    functions::fast_tanh, functions::floor, functions::fmod, functions::gelu, functions::gelu_tanh, functions::greater,
    functions::greater_or_equal, functions::hard_sigmoid, functions::hard_swish, functions::is_inf, functions::is_nan,
    functions::leaky_relu, functions::less, functions::less_or_equal, functions::log, functions::logical_and,
    functions::logical_not, functions::logical_or, functions::logical_xor, functions::max, functions::min,
    functions::mish, functions::mod, functions::mul, functions::neg, functions::pow, functions::prelu,
    functions::quick_gelu, functions::reciprocal, functions::relu, functions::round, functions::round_bfloat16,
    functions::round_float16, functions::selu, functions::shift_left, functions::shift_right, functions::shrink,
    functions::sigmoid, functions::sign, functions::sin, functions::sinh, functions::softplus, functions::softsign,
    functions::sqrt, functions::sub, functions::swish, functions::tan, functions::tanh, functions::thresholded_relu>;

namespace detail {
template <std::uint8_t Place, class Function>
struct listed_function {};
template <class Places, class... Function>
struct numbered;
template <std::size_t... Place, class... Function>
struct numbered<std::index_sequence<Place...>, Function...> : listed_function<Place, Function>... {};
template <class... Function>
numbered<std::index_sequence_for<Function...>, Function...> with_places(type_list<Function...>);

/// A base for each function, from which the compiler deduces the place of a function and the function at a place.
using numbered_functions = decltype(with_places(function_list{}));

template <class Function, std::uint8_t Place>
constexpr std::uint8_t place_in(listed_function<Place, Function>)
{
    return Place;
}
template <std::uint8_t Place, class Function>
Function function_in(listed_function<Place, Function>);
}  // namespace detail

template <class Function>
constexpr std::uint8_t place_of()
{
    return detail::place_in<Function>(detail::numbered_functions{});
}

/// The function at a place of the list.
template <std::uint8_t Place>
using function_at = decltype(detail::function_in<Place>(detail::numbered_functions{}));

/// Calls visit(Function{}) for the function at a place that is known at run time.
template <class Visit, class... Listed>
constexpr void visit_function(std::uint8_t place, Visit visit, type_list<Listed...>)
{
    std::uint8_t at = 0;
    ((at++ == place ? static_cast<void>(visit(Listed{})) : static_cast<void>(0)), ...);
}
template <class Visit>
constexpr void visit_function(std::uint8_t place, Visit visit)
{
    visit_function(place, visit, function_list{});
}

namespace detail {
/// Tells whether a function is an operator: of ONNX, or of the domain that it names.
template <class Function>
inline constexpr bool is_operator = requires { Function::opsets; };
template <class Function>
inline constexpr bool scalar_only = requires { requires Function::scalar_only; };
template <class Function>
inline constexpr bool is_predicate = requires { requires Function::predicate; };
template <class Function>
inline constexpr bool tells_non_numbers = requires { requires Function::tells_non_numbers; };

/// What a function says of itself, for those who know its place at run time.
struct function_facts {
    std::uint32_t elements = 0;  ///< that it takes: a bit for each
    bool is_predicate = false, scalar_only = false, tells_non_numbers = false;

    constexpr bool takes(element e) const { return (elements >> static_cast<int>(e) & 1) != 0; }
};

template <class... Listed>
constexpr std::uint32_t bits_of(type_list<Listed...>)
{
    return ((std::uint32_t{1} << static_cast<int>(element_of<Listed>)) | ...);
}

template <class... Listed>
constexpr auto facts_of(type_list<Listed...>)
{
    return std::array{function_facts{
        bits_of(typename Listed::elements{}), is_predicate<Listed>, scalar_only<Listed>, tells_non_numbers<Listed>}...};
}

inline constexpr auto facts_of_functions = facts_of(function_list{});

/// The facts of the function that an instruction applies.
constexpr const function_facts& facts_of(const instruction& i) { return facts_of_functions[i.function]; }
}  // namespace detail

/// Tells whether every function of the expression works on vectors.
constexpr bool works_on_vectors(const elementwise_expression& p)
{
    for (const instruction& i : p) {
        if (detail::facts_of(i).scalar_only) {
            return false;
        }
    }
    return true;
}

}  // namespace cameo::inline CAMEO_TARGET
