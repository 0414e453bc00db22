// Graphs that a node contains: the branches of If, the bodies of Loop and Scan.
#pragma once
#include "graph/graph.hpp"
#include "model/onnx.pb.h"

namespace cameo::generator {

/// A graph that a layer runs as a network of its own. Its last inputs are values of the graph around it.
struct body {
    std::unique_ptr<graph> network;
    std::vector<value*> captured;
};

/// Thrown if something in a graph could not be imported and was already reported.
struct incomplete {};

/// Imports graphs for the importer of a node, in the graph that contains the node.
class body_importer {
public:
    virtual ~body_importer() = default;
    /// Imports the nodes of a graph into the one around it, and returns its outputs. Throws incomplete.
    virtual std::vector<value*> inlined(const onnx::GraphProto& proto, const std::vector<value*>& inputs) = 0;
    /// Returns what `work` returns. Returns false, and discards its diagnostics, if it imports more than `nodes` nodes,
    /// or more than an attempt around it may.
    virtual bool within(dim nodes, const std::function<bool()>& work) = 0;
    /// Imports a graph as a network of its own, called `role`, with inputs of these types. Throws incomplete.
    virtual body nested(std::string role, const onnx::GraphProto& proto, const operation::types& inputs) = 0;
};

}  // namespace cameo::generator
