// Checks the layers of a network in one place, so that a mistake in any is a single compile error.
#pragma once
#include <cameo/core/problem.hpp>
#include <cameo/network/plan.hpp>

namespace cameo::inline CAMEO_TARGET::detail {

/// Visits a schedule; does not compile if a layer has a problem, or if its declared result differs from the derived
/// one.
struct check_layers {
    template <class Layer>
    constexpr void operator()(Layer) const noexcept
    {
        if constexpr (has_spec<Layer>) {
            constexpr auto problem = Layer::status();
            if constexpr (problem == decltype(problem)::none) {
                require(layer_has<Layer, Layer::declaration()>{});
            } else {
                require(layer_has<Layer, problem>{});
            }
        }
    }
};

/// Tells whether no layer of a model with chosen sizes has a problem. A problem is reported when a network is declared
/// rather than run, which would give more errors.
template <class Model>
inline constexpr bool is_sound = true;
template <class Model>
    requires requires { typename Model::sizes; }
inline constexpr bool is_sound<Model> = [] {
    bool all = true;
    Model::schedule([&]<class Layer>(Layer) {
        if constexpr (has_spec<Layer>) {
            constexpr auto problem = Layer::status();
            all = all && problem == decltype(problem)::none && Layer::declaration() == layer_problem::none;
        }
    });
    return all;
}();

}  // namespace cameo::inline CAMEO_TARGET::detail
