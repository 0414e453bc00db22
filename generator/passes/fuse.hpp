// Declares what passes that fuse nodes share.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// Returns the node that makes a value, if a single operand of a node reads it and it does not outlive the run.
inline node* sole_producer(const value* v) { return v && v->has_sole_reader() ? v->producer() : nullptr; }

/// Lets a node give the result of `reader`, its only reader, which is removed.
void take_result(graph& g, node& producer, node& reader);

/// Calls visit(node) for every node in order. It may erase the node, and change all that stand before it.
template <class Visit>
void each_node(graph& g, Visit visit)
{
    for (auto next = g.nodes().begin(); next != g.nodes().end();) {
        visit(**next++);
    }
}

}  // namespace cameo::generator
