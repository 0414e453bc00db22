// A graph in rows, in which every line leads from one row to the next.
#pragma once
#include <cstddef>
#include <vector>

namespace cameo::generator {

/// From one node to another, by index.
struct edge {
    std::size_t from = 0, to = 0;
};

/// The nodes come first, by their index; then the bends, where lines cross rows. The lines from one node share their
/// bends.
struct layering {
    std::size_t nodes = 0;
    std::vector<std::size_t> row;                        ///< of each node and bend
    std::vector<std::vector<std::size_t>> rows;          ///< from left to right
    std::vector<std::vector<std::size_t>> above, below;  ///< what each is connected to in the rows beside its own
    std::vector<std::vector<std::size_t>> routes;        ///< of each edge: its ends, and the bends between

    bool is_bend(std::size_t vertex) const { return vertex >= nodes; }
};

/// Every edge leads to a node of a higher index, and they are in the order of these. Each node is in the row after the
/// last that leads to it; one to which none leads, right before its first reader.
layering in_rows(std::size_t nodes, const std::vector<edge>& edges);

}  // namespace cameo::generator
