// The outline of a graph: operators, connections and attributes, without the numbers that vary with its size.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

struct outline {
    std::string operation;
    std::vector<int> operands;  ///< the value by its number, from -2 down of a constant, -1 where there is none
    std::vector<bool> results;
    std::map<std::string, std::string> attributes;
    shape operand{};  ///< of the first operand

    /// Compares everything except the attributes.
    bool is_like(const outline& other) const
    {
        return operation == other.operation && operands == other.operands && results == other.results;
    }
};

/// The outlines of all nodes of a graph, in order.
class outlines {
public:
    explicit outlines(const graph& g);

    const std::vector<outline>& nodes() const { return nodes_; }
    /// The constants of the graph, each once, in the order in which they are read first.
    const std::vector<const value*>& constants() const { return constants_; }

private:
    int number(const value* v);
    outline outline_of(const node& n);

    std::map<const value*, int> numbers_;
    std::vector<outline> nodes_;
    std::vector<const value*> constants_;
};

}  // namespace cameo::generator
