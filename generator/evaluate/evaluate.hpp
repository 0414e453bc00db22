// Evaluates a graph by the plain definitions of its operators: the reference for generated code.
#pragma once
#include "graph/graph.hpp"

namespace cameo::generator {

using tensor_map = std::map<const value*, tensor>;

/// The graph's inputs, and those with defaults, from tensors by name; throws failure where one is missing, unknown or
/// of another type.
tensor_map bind_inputs(const graph& g, const std::map<std::string, tensor>& given);

/// What a network keeps before its first run: zeros.
tensor_map initial_state(const graph& g);
/// What it keeps for the next run, from the values of this one.
tensor_map next_state(const graph& g, const tensor_map& values);

/// Called with each node and its position before it is evaluated: large networks take a while.
using evaluation_observer = std::function<void(const node& n, std::size_t position)>;

/// Every value of the graph but memory to work in, or its outputs and next states only (`keep_all` false: memory is
/// given back as soon as it can be). `given` are the inputs, and the state where there is one. Throws over_budget where
/// `spent` has too little.
tensor_map evaluate(
    const graph& g, tensor_map given, bool keep_all, budget& spent, const evaluation_observer& before = {});

/// One run after another, each with its inputs; the state passes from each to the next. For each, what evaluate()
/// gives.
std::vector<tensor_map> evaluate_runs(const graph& g, const std::vector<std::map<std::string, tensor>>& runs,
    bool keep_all, const evaluation_observer& before = {});

/// The outputs of runs, in the order of the graph, those of all runs in one.
std::vector<tensor> outputs_of(const graph& g, const std::vector<tensor_map>& runs);

}  // namespace cameo::generator
