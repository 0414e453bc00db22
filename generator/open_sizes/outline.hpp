// The outline of a graph: operators, connections and attributes, without the numbers that vary with its size.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

struct outline {
    const graph* within = nullptr;
    std::string operation;
    std::vector<int> operands;  ///< the value by its number, from -2 down of a constant, -1 where there is none
    std::vector<bool> results;
    std::vector<int> sources;  ///< inputs and states of the graphs that the node holds, by their numbers
    std::map<std::string, std::string> attributes;
    std::size_t known = 0;  ///< how many values come before the results

    /// Compares everything except the attributes.
    bool is_like(const outline& other) const
    {
        return operation == other.operation && operands == other.operands && results == other.results &&
               sources == other.sources;
    }
};

/// The outlines of all nodes of a graph, in order; behind a node, those of the graphs that it holds.
class outlines {
public:
    explicit outlines(const graph& g) { add(g); }

    const std::vector<outline>& nodes() const { return nodes_; }
    /// The values by their numbers: inputs, and then operands and results in the order in which they come.
    const std::vector<const value*>& values() const { return values_; }
    /// The same, with null for those that a graph does not see: they are of a graph within another node.
    std::vector<const value*> values_seen_from(const graph& g) const;

private:
    void add(const graph& g);
    std::vector<int> number_sources(const graph& g);
    int number(const value* v, const graph& of);
    void add_node(const node& n, const graph& of);

    std::map<const value*, int> numbers_;
    std::vector<const value*> values_;
    std::vector<const graph*> graphs_;                ///< of the values
    std::map<const graph*, const graph*> outside_{};  ///< the graph around one that a node holds
    std::vector<outline> nodes_;
};

}  // namespace cameo::generator
