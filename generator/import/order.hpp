// An order in which the nodes of a file can run; files are meant to be sorted, but not all are.
#pragma once
#include "model/onnx.pb.h"
#include "support/failure.hpp"
#include <functional>

namespace cameo::generator {

/// Positions of `nodes`, each after those that make its inputs; the file's own order where that works.
/// A cycle, an input that nothing makes and a name that is made twice are obstacles, and the nodes concerned are left out.
std::vector<int> running_order(const google::protobuf::RepeatedPtrField<onnx::NodeProto>& nodes, const std::function<bool(const std::string&)>& known, std::vector<obstacle>& obstacles);

}  // namespace cameo::generator
