// What the fusing passes share.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

/// The node that makes v, if nobody else reads v: then it can become part of its reader.
node* sole_producer(const graph& g, const std::map<const value*, int>& uses, const value* v);

/// The position of a node.
std::size_t position(const graph& g, const node* n);

/// Copies the origins of a node that becomes part of another: the comments of the header tell what was fused, in order.
void prepend_origins(node& to, const node& from);
void append_origins(node& to, const node& from);

}  // namespace cameo::generator
