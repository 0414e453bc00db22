// Functions that a model defines for itself: operators whose meaning is a graph of other operators.
#pragma once
#include "import/scope.hpp"
#include "model/onnx.pb.h"
#include <tuple>

namespace cameo::generator {

/// The functions of a model by domain, name and overload. The model must outlive it.
class function_table {
public:
    explicit function_table(const onnx::ModelProto& model);
    /// Returns the function that a node calls, or null.
    const onnx::FunctionProto* find(const onnx::NodeProto& call) const;

private:
    std::map<std::tuple<std::string_view, std::string_view, std::string_view>, const onnx::FunctionProto*> functions_;
};

/// Returns the nodes of a function, with the attributes of a call in the places that refer to them (ONNX IR,
/// "Functions").
google::protobuf::RepeatedPtrField<onnx::NodeProto> nodes_of_call(
    const onnx::FunctionProto& function, const onnx::NodeProto& call);

}  // namespace cameo::generator
