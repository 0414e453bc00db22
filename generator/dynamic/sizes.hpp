// Makes one network for all sizes: the axes that the file leaves open become template parameters of the header.
#pragma once
#include "import/import.hpp"
#include <functional>

namespace cameo::generator {

/// Extents, by the names of open axes.
using axis_extents = std::map<std::string, dim>;

/// A length is tried with the first of these: a layer may need more, or not take as many. A count, the first axis of an
/// input, with 2.
inline constexpr dim sample_lengths[] = {64, 224, 16, 512};
inline constexpr dim sample_count = 2;

/// The graph that holds for every size: that of a sample, with its parameters, and with the attributes that depend on
/// them as expressions. `at` makes the graph of some extents. It is made for several; throws failure, with the node,
/// where they differ in more than what expressions can say.
graph generalized(const std::vector<open_axis>& axes, const std::function<graph(const axis_extents&)>& at);

}  // namespace cameo::generator
