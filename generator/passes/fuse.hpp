// Declares what fusing passes share: use counts, sole producers, and the removal and moving of nodes.
#pragma once
#include "graph/graph.hpp"
#include <unordered_map>

namespace cameo::generator {

/// Copies the origins of a node that becomes part of another, so that the comments of the header tell, in order, what
/// was fused.
void prepend_origins(node& to, const node& from);
void append_origins(node& to, const node& from);

/// Counts how often values are read; values that outlive the run have a huge count. Passes keep it up to date.
class use_counts {
public:
    explicit use_counts(const graph& g);

    int of(const value* v) const;
    /// Adds `by` to the count of each value that a node reads.
    void count(const node& n, int by);
    void count(const value* v, int by);

private:
    std::unordered_map<const value*, int> counts_;
};

/// Answers what fusing passes ask repeatedly, and is kept up to date as nodes vanish: how often values are read, and
/// where nodes are. A removed node leaves an empty place in the graph until this object is destroyed.
class fusion {
public:
    explicit fusion(graph& g);
    ~fusion() { std::erase(graph_.nodes, nullptr); }
    fusion(const fusion&) = delete;
    fusion& operator=(const fusion&) = delete;

    /// Returns the node that makes a value, if it has exactly one reader.
    node* sole_producer(const value* v) const;
    std::size_t position(const node* n) const { return positions_.at(n); }
    /// Calls change, which may replace a node's operands, and updates the counts.
    template <class Change>
    auto with_other_operands(node& n, Change change)
    {
        uses_.count(n, -1);
        const auto result = change();
        uses_.count(n, 1);
        return result;
    }
    /// Removes the node at a place, and its reads from the counts.
    void remove(std::size_t at);
    /// Replaces a node by a new one.
    void put(std::size_t at, std::unique_ptr<node> n);
    /// Moves a node to the place of another, which is removed.
    void move(std::size_t from, std::size_t to);

private:
    graph& graph_;
    use_counts uses_;
    std::unordered_map<const node*, std::size_t> positions_;
};

}  // namespace cameo::generator
