// Declares what fusing passes share: use counts, sole producers, and the removal and moving of nodes.
#pragma once
#include "graph/graph.hpp"
#include <unordered_map>

namespace cameo::generator {

/// Copies the origins of a node that becomes part of another: the comments of the header tell what was fused, in order.
void prepend_origins(node& to, const node& from);
void append_origins(node& to, const node& from);

/// How often values are read: very often where they outlive the run. Passes keep it up to date.
class use_counts {
public:
    explicit use_counts(const graph& g);

    int of(const value* v) const;
    /// What a node reads is read `by` times more.
    void count(const node& n, int by);
    void count(const value* v, int by);

private:
    std::unordered_map<const value*, int> counts_;
};

/// What a pass that joins nodes asks again and again, kept up to date as nodes go: how often values are read, and where
/// nodes are. Of a node that was taken away the place in the graph is empty until it ends.
class fusion {
public:
    explicit fusion(graph& g);
    ~fusion() { std::erase(graph_.nodes, nullptr); }
    fusion(const fusion&) = delete;
    fusion& operator=(const fusion&) = delete;

    /// The node that makes a value, if one node alone reads it.
    node* sole_producer(const value* v) const;
    std::size_t position(const node* n) const { return positions_.at(n); }
    /// Calls change, which may give a node other operands.
    template <class Change>
    auto with_other_operands(node& n, Change change)
    {
        uses_.count(n, -1);
        const auto result = change();
        uses_.count(n, 1);
        return result;
    }
    /// Takes the node at a place away; what it read is read once less.
    void remove(std::size_t at);
    /// Puts a new node where another was, which is taken away.
    void put(std::size_t at, std::unique_ptr<node> n);
    /// Moves a node to the place of another, which is taken away.
    void move(std::size_t from, std::size_t to);

private:
    graph& graph_;
    use_counts uses_;
    std::unordered_map<const node*, std::size_t> positions_;
};

}  // namespace cameo::generator
