// Declares a topological order of a file's nodes: ONNX requires sorted nodes, but not all files have them.
#pragma once
#include "model/onnx.pb.h"
#include <functional>

namespace cameo::generator {

using node_list = google::protobuf::RepeatedPtrField<onnx::NodeProto>;
/// Is told what is wrong with a node.
using node_problem = std::function<void(const onnx::NodeProto&, const std::string&)>;

/// Positions of `nodes`, each after those that make its inputs; the file's own order where that works.
/// A cycle, an input that nothing makes and a name that is made twice are problems of nodes, and these are left out.
std::vector<int> running_order(
    const node_list& nodes, const std::function<bool(const std::string&)>& known, const node_problem& obstruct);

}  // namespace cameo::generator
