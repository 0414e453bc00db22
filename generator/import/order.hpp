// Declares a topological order of a file's nodes: ONNX requires sorted nodes, but not all files have them.
#pragma once
#include "model/onnx.pb.h"
#include <functional>

namespace cameo::generator {

using node_list = google::protobuf::RepeatedPtrField<onnx::NodeProto>;
/// Is called with each node that has a problem, and the problem.
using node_problem = std::function<void(const onnx::NodeProto&, const std::string&)>;

/// Returns positions of `nodes` in topological order, which is the file's own if possible. Cycles, inputs that nothing
/// makes and names that are made twice are reported as problems of nodes, which are then left out.
std::vector<int> running_order(
    const node_list& nodes, const std::function<bool(const std::string&)>& known, const node_problem& report);

}  // namespace cameo::generator
