// The one place where the layers of a network are checked, so that a mistake is one error.
#pragma once
#include <cameo/core/problem.hpp>
#include <cameo/network/plan.hpp>

namespace cameo::detail {

/// Visits a schedule; does not compile where a layer has a problem or its declared result differs from the derived one.
struct check_layers {
    template <class Layer>
    constexpr void operator()(Layer) const noexcept
    {
        if constexpr (has_spec<Layer>) {
            constexpr auto problem = Layer::status();
            if constexpr (problem == decltype(problem)::none) require(layer_has<Layer, Layer::declaration()>{});
            else require(layer_has<Layer, problem>{});
        }
    }
};

}  // namespace cameo::detail
