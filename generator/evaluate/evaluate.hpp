// Runs a graph by the plain definitions of its operators: the reference for generated code.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

using tensor_map = std::map<const value*, tensor>;

/// The graph's inputs from tensors by name; throws failure where one is missing, unknown or of another type.
tensor_map bind_inputs(const graph& g, const std::map<std::string, tensor>& given);

/// Called with each node and its position before it is evaluated: large networks take a while.
using evaluation_observer = std::function<void(const node& n, std::size_t position)>;

/// Every value of the graph but memory to work in, or its outputs only (`keep_all` false: memory is given back as soon as it can be).
tensor_map evaluate(const graph& g, tensor_map inputs, bool keep_all, const evaluation_observer& before = {});

}  // namespace cameo::generator
