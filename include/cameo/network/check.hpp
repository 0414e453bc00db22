// Checks the layers of a network in one place, so that a mistake in any is a single compile error.
#pragma once
#include <cameo/core/problem.hpp>
#include <cameo/network/plan.hpp>

namespace cameo::inline CAMEO_TARGET::detail {

/// Visits a schedule; does not compile where a layer has a problem or its declared result differs from the derived one.
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

/// Has no layer of a model whose sizes are chosen a problem? What has one is reported when a network is made, and not
/// run, which would be more errors.
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
