// Makes one network for all sizes: the axes that the file leaves open become template parameters of the header.
#pragma once
#include "import/import.hpp"
#include <functional>

namespace cameo::generator {

/// Extents by the names of open axes.
using axis_extents = std::map<std::string, dim>;
/// Imports a model at given extents; called for several.
using import_at = std::function<graph(const axis_extents&, extents)>;

/// The extents to try for a length, in this order: a layer may need more, or accept only fewer. A count, the first axis
/// of an input, is tried with 2.
inline constexpr dim sample_lengths[] = {64, 224, 16, 512};
inline constexpr dim sample_count = 2;

/// Returns a graph that is valid for every size: the graph of a sample, with parameters, and with expressions for
/// attributes and for small constants that depend on these; nodes whose results would be larger constants are layers.
/// `rewrite` runs the passes on a sample. Throws failure, with the node, if the graphs differ in more than that.
graph generalized(
    const std::vector<open_axis>& axes, const import_at& import, const std::function<void(graph&)>& rewrite);

}  // namespace cameo::generator
