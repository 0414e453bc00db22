// Helpers for importing normalizations: operands with one number per channel or group, and epsilon.
#pragma once
#include "import/source_node.hpp"
#include <cameo/core/type_name.hpp>
#include <cameo/op/layer_normalization.hpp>

namespace cameo::generator {

/// Appends 1 for each further axis, which makes a shape that broadcasts along the first axes of `rank`.
inline shape then_ones(shape leading, int rank)
{
    while (leading.rank < rank) {
        leading.append(1);
    }
    return leading;
}

/// Reshapes operand i, a list of one number for each channel or group, so that it broadcasts.
inline value* along(source_node& n, std::size_t i, const shape& to)
{
    if (n.type(i).shape != shape{to.count()}) {
        throw unsupported("operand {} must be a list of {}, one for each channel or group, found {}", i, to.count(),
            to_string(n.type(i)));
    }
    return n.reshaped(n.required_operand(i), to);
}

inline double epsilon(const source_node& n) { return n.number("epsilon", layer_normalization_attributes{}.epsilon); }

}  // namespace cameo::generator
