// The ONNX model as it was read: the protobuf message, its path and digest, and access to its tensors.
#pragma once
#include "model/onnx.pb.h"
#include "support/tensor.hpp"
#include <filesystem>
#include <set>

namespace cameo::generator {

struct model {
    onnx::ModelProto proto;
    std::filesystem::path path;
    std::string digest;  ///< SHA-256 of the file, in hexadecimal
};

/// Reads and parses a file. Throws failure for a file that is missing, is no ONNX model or has no graph.
model load(const std::filesystem::path& path);

/// The model file and those of its external data.
std::set<std::string> files_of(const model& m);

/// Is it ONNX's own, "" or "ai.onnx"?
inline bool is_standard_domain(const std::string& domain) { return domain.empty() || domain == "ai.onnx"; }

using opset_list = google::protobuf::RepeatedPtrField<onnx::OperatorSetIdProto>;
/// The version of a domain's operators, 0 where the list does not have it. "ai.onnx" is the same as "".
int opset_of(const opset_list& imported, const std::string& domain);
/// Domains in several versions, and nodes of domains in none.
std::vector<std::string> opset_problems(const model& m);

/// What a proto says of a tensor; of float16 and bfloat16, float32. Throws failure where it cannot be one.
tensor_type declared_type(const onnx::TensorProto& proto);
/// The tensor that a proto describes, external data included. Throws failure where the data do not fit type and dims.
tensor decode(const onnx::TensorProto& proto, const std::filesystem::path& directory);

/// ONNX's name of an element type code: "float16".
std::string element_type_name(int code);
/// The library's element type, or none where it has none. That of float16 and bfloat16 is float32: half.hpp tells where
/// that makes a difference.
element to_element(int code);

std::string dump(const model& m);

}  // namespace cameo::generator
