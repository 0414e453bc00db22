// Evaluates a graph by the plain definitions of its operators: the reference for generated code.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

using tensor_map = std::map<const value*, tensor>;

/// Binds tensors by name to the graph's inputs, with and without defaults; throws failure if one is missing, unknown or
/// of another type.
tensor_map bind_inputs(const graph& g, const std::map<std::string, tensor>& given);

/// Returns the state before the first run: zeros.
tensor_map initial_state(const graph& g);
/// Returns the state for the next run, from the values of this one.
tensor_map next_state(const graph& g, const tensor_map& values);

/// Is called with each node and its position before it is evaluated: large networks take a while.
using evaluation_observer = std::function<void(const node& n, std::size_t position)>;

/// Evaluates a graph. Returns every value except scratch memory, or, unless `keep_all`, only outputs and next states,
/// with memory released as early as possible. `given` has the inputs, and the state if there is one. Throws over_budget
/// if `spent` has too little left.
tensor_map evaluate(
    const graph& g, tensor_map given, bool keep_all, budget& spent, const evaluation_observer& before = {});

/// Evaluates several runs, each with its inputs, and passes the state from each to the next. Returns what evaluate()
/// gives for each.
std::vector<tensor_map> evaluate_runs(const graph& g, const std::vector<std::map<std::string, tensor>>& runs,
    bool keep_all, const evaluation_observer& before = {});

/// Returns the outputs in the graph's order, each stacked over the runs.
std::vector<tensor> outputs_of(const graph& g, const std::vector<tensor_map>& runs);

}  // namespace cameo::generator
