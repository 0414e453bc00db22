// Recovers a number that depends on the sizes of a network as a C++ expression.
#pragma once
#include "graph/graph.hpp"
#include <algorithm>
#include <functional>

namespace cameo::generator {

/// Is the same found in every sample?
bool all_equal(const auto& found, auto projection)
{
    return std::ranges::adjacent_find(found, std::ranges::not_equal_to{}, projection) == found.end();
}
bool all_equal(const auto& found) { return all_equal(found, std::identity{}); }

/// A graph at one choice of sizes.
struct sample {
    std::vector<dim> extents;   ///< of the parameters
    std::vector<shape> shapes;  ///< of the values, by their numbers in the outlines
};

/// What an expression may be of.
struct terms {
    const std::vector<parameter>& parameters;
    const std::vector<sample>& samples;
    std::span<const value* const> values;  ///< those that come before, in order: their extents
    int operand = -1;                      ///< the value whose extents say most, or -1
};

/// Appends the expression that is the number found in each sample. Returns false if there is none.
bool append_number(const std::vector<dim>& found, const terms& of, size_expression& to);

}  // namespace cameo::generator
