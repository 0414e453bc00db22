// How a compiler tells callers what is expected and what they gave: in the names of types.
//
// A function that takes only what is right is constrained by std::enable_if_t of `expected<…>::given<…>`. That is how
// clang says least: one error at the call, one note with the condition. g++ lists all constraints of all candidates, so
// there a second overload, for g++ alone, takes what is wrong, and asserts the same condition. Chains of includes count
// as lines of an error too, so generated headers include the files with these functions themselves.
#pragma once
#include <cameo/core/element.hpp>
#include <type_traits>

namespace cameo::inline CAMEO_TARGET {

/// Accepts one of these types.
template <class... Type>
struct expected_one_of {
    template <class Given>
    static constexpr bool given = (std::is_same_v<Given, Type> || ...);
};

namespace detail {
template <class Types, class Given>
inline constexpr bool all_convert = false;
template <class... Type, class... Given>
    requires(sizeof...(Type) == sizeof...(Given))
inline constexpr bool all_convert<type_list<Type...>, type_list<Given...>> =
    (std::is_convertible_v<Given, Type> && ...);
}  // namespace detail

/// Accepts what converts to these types, one by one.
template <class... Type>
struct expected_arguments {
    template <class... Given>
    static constexpr bool given = detail::all_convert<type_list<Type...>, type_list<Given...>>;
};

/// Accepts one index for each axis.
template <int Axes>
struct expected_indices {
    template <class... Given>
    static constexpr bool given = sizeof...(Given) == Axes && (std::is_convertible_v<Given, long long> && ...);
};

/// Accepts nothing: what was given instead of a model cannot tell.
struct expected_model_of_a_header {
    template <class...>
    static constexpr bool given = false;
};

/// What is given where nothing is.
struct nothing {};

}  // namespace cameo::inline CAMEO_TARGET
