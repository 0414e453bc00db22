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

/// Reads and parses a file. Throws failure if it is missing, is no ONNX model or has no graph.
model load(const std::filesystem::path& path);

/// Returns the model file and those of its external data.
std::set<std::string> files_of(const model& m);

/// Tells whether a domain is ONNX's own, "" or "ai.onnx".
inline bool is_standard_domain(const std::string& domain) { return domain.empty() || domain == "ai.onnx"; }
/// Returns a domain as tables have it: "" for ONNX's own.
inline std::string normal_domain(const std::string& domain) { return is_standard_domain(domain) ? "" : domain; }
/// Returns a domain as people read it: "ai.onnx" for ONNX's own.
inline std::string domain_text(const std::string& domain) { return is_standard_domain(domain) ? "ai.onnx" : domain; }
/// Returns the name by which messages and tables call an operator: "Relu", "com.microsoft:QuickGelu".
inline std::string qualified_name(const std::string& domain, const std::string& operator_type)
{
    return is_standard_domain(domain) ? operator_type : domain + ":" + operator_type;
}

using opset_list = google::protobuf::RepeatedPtrField<onnx::OperatorSetIdProto>;
/// Returns the version of a domain's operators; 0 if the list lacks it. "ai.onnx" is the same as "".
int opset_of(const opset_list& imported, const std::string& domain);
/// Reports domains that are imported in several versions, and nodes whose domain is not imported.
std::vector<std::string> opset_problems(const model& m);

/// Returns the type that a proto declares. Throws failure if there can be no
/// such tensor.
tensor_type declared_type(const onnx::TensorProto& proto);
/// Decodes the tensor that a proto describes, including external data. Throws failure if the data do not fit type and
/// dims.
tensor decode(const onnx::TensorProto& proto, const std::filesystem::path& directory);

/// Returns ONNX's name of an element type code, such as "float16".
std::string element_type_name(int code);
/// Converts an ONNX code to the library's element type, or none.
element to_element(int code);

/// What float16 and bfloat16 of the file are in the network.
enum class float16_use {
    native,      ///< themselves: each operator rounds its results to 16 bits
    as_float32,  ///< float32, in the interface too
};
element element_for(int code, float16_use use);

std::string dump(const model& m);

}  // namespace cameo::generator
