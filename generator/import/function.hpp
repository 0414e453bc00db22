// Functions that a model defines for itself: operators whose meaning is a graph of others.
#pragma once
#include "import/scope.hpp"
#include "model/onnx.pb.h"

namespace cameo::generator {

/// The function that a node calls, or null.
const onnx::FunctionProto* find_function(const onnx::ModelProto& model, const onnx::NodeProto& call);

/// The nodes of a function with the attributes of a call in the places that refer to them (ONNX IR, "Functions").
google::protobuf::RepeatedPtrField<onnx::NodeProto> nodes_of_call(const onnx::FunctionProto& function, const onnx::NodeProto& call);

}  // namespace cameo::generator
