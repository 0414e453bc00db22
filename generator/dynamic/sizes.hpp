// A network for many sizes: the axes that the file leaves open become parameters of the header.
#pragma once
#include "import/import.hpp"
#include <functional>

namespace cameo::generator {

/// Extents, by the names of open axes.
using extents = std::map<std::string, dim>;

/// The graph that holds for every size: that of a sample, with its parameters, and with the attributes that depend on them as expressions. `at` makes the graph of
/// some extents. It is made for several; throws failure, with the node, where they differ in more than what expressions can say.
graph generalized(const std::vector<open_axis>& axes, const std::function<graph(const extents&)>& at);

}  // namespace cameo::generator
