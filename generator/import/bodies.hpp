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

/// Something in a graph could not be imported, and is an obstacle already.
struct incomplete {};

/// What the importer of a node asks for, in the graph in which the node stands.
class body_importer {
public:
    virtual ~body_importer() = default;
    /// Imports the nodes of a graph into the one around it; its outputs. Throws incomplete.
    virtual std::vector<value*> inlined(const onnx::GraphProto& proto, const std::vector<value*>& inputs) = 0;
    /// What `work` says; false, and its obstacles forgotten, where it imports more nodes than that, or than an attempt
    /// around it may.
    virtual bool within(dim nodes, const std::function<bool()>& work) = 0;
    /// Imports a graph as a network of its own, called `role`, with inputs of these types. Throws incomplete.
    virtual body nested(std::string role, const onnx::GraphProto& proto, const operation::types& inputs) = 0;
};

}  // namespace cameo::generator
