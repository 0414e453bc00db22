// Recovers numbers that depend on the sizes of a network as C++ expressions of its template parameters.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// The value of an attribute at one sample of sizes.
struct observation {
    std::string text;          ///< of an attribute
    std::vector<dim> extents;  ///< of the parameters
    shape operand{};           ///< of the node's first operand
};

/// Returns the text that explains every observation: integers in it may be sums and products of parameters and of
/// extents of the operand, `$0`. Returns nothing if there is none.
std::optional<std::string> expression_of(
    const std::vector<observation>& found, const std::vector<parameter>& parameters);

}  // namespace cameo::generator
