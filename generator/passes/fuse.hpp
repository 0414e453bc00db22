// What the fusing passes share.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// The node that makes v, if nobody else reads v: then it can become part of its reader.
node* sole_producer(const graph& g, const std::map<const value*, int>& uses, const value* v);

/// The position of a node.
std::size_t position(const graph& g, const node* n);

/// Moves the origins of `from` before those of `to`: the comments of the header tell what was fused.
void join_origins(node& to, const node& from);

}  // namespace cameo::generator
