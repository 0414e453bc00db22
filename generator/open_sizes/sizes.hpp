// Makes one network for all sizes: the axes that the file leaves open become template parameters of the header.
#pragma once
#include "import/import.hpp"
#include <functional>

namespace cameo::generator {

/// Extents by the names of open axes.
using axis_extents = std::map<std::string, dim>;

/// The extents to try for a length, in this order: a layer may need more, or accept only fewer. A count, the first axis
/// of an input, is tried with 2.
inline constexpr dim sample_lengths[] = {64, 224, 16, 512};
inline constexpr dim sample_count = 2;

/// Returns a graph that is valid for every size: the graph of a sample, with parameters, and with expressions for
/// attributes that depend on these. `at` makes the graph for given extents, and is called for several. Throws failure,
/// with the node, if their graphs differ in more than expressions can say.
graph generalized(const std::vector<open_axis>& axes, const std::function<graph(const axis_extents&)>& at);

}  // namespace cameo::generator
