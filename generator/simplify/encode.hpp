#pragma once
#include "model/onnx.pb.h"
#include "support/tensor.hpp"

namespace cameo::generator {

/// A tensor as a file has it.
onnx::TensorProto encoded(const std::string& name, const tensor& data);
/// ONNX's code of an element type: the library has the same.
inline int code_of(element e) { return static_cast<int>(e); }

}  // namespace cameo::generator
