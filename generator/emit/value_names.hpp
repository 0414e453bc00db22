// The names of a network's values in its header.
#pragma once
#include "emit/names.hpp"
#include "graph/graph.hpp"
#include <functional>
#include <map>

namespace cameo::generator {

/// A name for each value.
using value_names = std::map<const value*, std::string>;

/// The identifiers of a header's values: inputs, outputs and states by their name; a layer by its node, or by the name
/// of its result where the node has several; what the generator added by what it belongs to.
value_names name_values(const graph& g, identifiers& names);

/// The names of some values, in a list.
std::string listed(const std::vector<value*>& some, const value_names& names);

/// An expression with the names of its values.
std::string written(const size_expression& e, const value_names& names);

/// Did the generator add the layer, so that no node of the file is its own?
bool is_added(const node& n);

/// Returns the last word of a layout's name: "padded" of row_major_padded.
std::string_view short_name(layout l);

/// What an added layer makes of its operand: the layout of a copy, or its operator.
std::string_view addition(const node& n);

/// Calls visit(graph) for a graph, and then for those that its layers hold.
void each_graph(const graph& g, const std::function<void(const graph&)>& visit);

}  // namespace cameo::generator
