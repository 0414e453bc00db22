// The inputs of a model: their types, what the user binds them to, and which axes are open.
#pragma once
#include "import/import.hpp"

namespace cameo::generator {

/// Returns what the generator may spend on a model, which grows with the size of its files.
budget budget_for(const model& m, const bindings& given);

/// Returns the type of an input with the user's extents; throws failure if one is missing.
tensor_type input_type(const onnx::ValueInfoProto& v, const bindings& given);
/// Throws failure if the tensor to which an input is bound contradicts the file's type.
void check_bound(const onnx::ValueInfoProto& v, const tensor_type& found, float16_use float16);
/// Returns the time axis of an input; -1 if there is none.
int streamed_axis(const onnx::ValueInfoProto& v, const bindings& given);
/// Returns a sentence for each unknown name in --input-shape, --constant and --dim, with the known ones.
std::vector<std::string> unknown_names(const onnx::GraphProto& graph, const bindings& given);
/// Describes all inputs, as in "bytes[1,2048], mask[1,time]".
std::string described_inputs(const onnx::GraphProto& graph);

}  // namespace cameo::generator
