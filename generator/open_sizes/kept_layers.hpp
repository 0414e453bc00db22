// Nodes that follow from constants, and whose results depend on the sizes: they stay layers of the network.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// Nodes of an imported graph, by their positions.
using node_positions = std::set<std::size_t>;

/// Which nodes stay layers.
enum class kept {
    none,
    large,  ///< those whose results cannot be written as a few whole numbers
    all,
};

/// Finds the nodes whose results follow from constants, but differ between two imports of a model.
node_positions nodes_that_differ(graph& a, graph& b, kept which);

/// Makes these nodes layers, and their results unknown until the network runs. Evaluates the others that follow from
/// constants.
void keep_as_layers(graph& g, const node_positions& positions);

/// May the elements of a constant be written as a few whole numbers?
bool is_few_whole_numbers(const tensor& t);

}  // namespace cameo::generator
