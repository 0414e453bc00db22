// A graph in rows, in which every line leads from one row to the next.
#pragma once
#include <cstddef>
#include <vector>

namespace cameo::generator {

/// An edge from one node to another, by index.
struct edge {
    std::size_t from = 0, to = 0;
};

/// A graph in rows. The nodes come first, by their index; then the bends, where lines cross rows. All lines from a node
/// share its bends.
struct layering {
    std::size_t nodes = 0;
    std::vector<std::size_t> row;                        ///< of each node and bend
    std::vector<std::vector<std::size_t>> rows;          ///< from left to right
    std::vector<std::vector<std::size_t>> above, below;  ///< what each is connected to in the rows beside its own
    std::vector<std::vector<std::size_t>> routes;        ///< of each edge: its ends, and the bends between

    bool is_bend(std::size_t vertex) const { return vertex >= nodes; }
};

/// Assigns nodes to rows. Every edge must lead to a node of a higher index, and edges must be sorted by that. A node is
/// in the row after its last predecessor; one without predecessors is right before its first reader.
layering in_rows(std::size_t nodes, const std::vector<edge>& edges);

}  // namespace cameo::generator
