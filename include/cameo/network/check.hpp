// Finds the first layer of a network that cannot be, so that a mistake in any is a single compile error.
#pragma once
#include <cameo/core/problem.hpp>
#include <cameo/network/plan.hpp>

namespace cameo::inline CAMEO_TARGET {

namespace detail {

/// Returns the problem of a layer, or what is wrong with what the header declares; null if nothing is.
template <class Layer>
constexpr const char* problem_of()
{
    if constexpr (has_spec<Layer>) {
        constexpr auto problem = Layer::status();
        if constexpr (problem != decltype(problem)::none) {
            return &layer_has<Layer, problem>::problem;
        } else if constexpr (Layer::declaration() != layer_problem::none) {
            return &layer_has<Layer, Layer::declaration()>::problem;
        }
    }
    return nullptr;
}

}  // namespace detail

/// The first problem of the layers of Model; null if there is none.
template <class Model>
inline constexpr const char* first_problem = [] {
    const char* first = nullptr;
    Model::schedule([&]<class Layer>(Layer) { first = first ? first : detail::problem_of<Layer>(); });
    return first;
}();

}  // namespace cameo::inline CAMEO_TARGET
