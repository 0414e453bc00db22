// Recovers numbers that depend on the sizes of a network as C++ expressions of its template parameters.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// What was found at one sample of sizes.
struct observation {
    std::string text;          ///< of an attribute
    std::vector<dim> extents;  ///< of the parameters
    shape operand{};           ///< of the node's first operand
};

/// The text that gives each of the observations: integers in it may be sums and products of parameters and extents of
/// the operand, `$0`. None if it takes more.
std::optional<std::string> expression_of(
    const std::vector<observation>& found, const std::vector<parameter>& parameters);

}  // namespace cameo::generator
