#pragma once
#include "model/onnx.pb.h"
#include "support/tensor.hpp"

namespace cameo::generator {

/// A tensor as a file has it.
onnx::TensorProto encoded(const std::string& name, const tensor& data);
/// ONNX's code of an element type.
int code_of(element e);

}  // namespace cameo::generator
