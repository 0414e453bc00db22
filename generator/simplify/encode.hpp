// Declares the encoding of tensors and element types for ONNX files.
#pragma once
#include "model/onnx.pb.h"
#include "support/tensor.hpp"

namespace cameo::generator {

/// Encodes a tensor as an ONNX file stores it.
onnx::TensorProto encoded(const std::string& name, const tensor& data);
/// Returns ONNX's code of an element type, which is the library's value of the enumerator.
inline int code_of(element e) { return static_cast<int>(e); }

}  // namespace cameo::generator
