// The inputs of a model: their types, what the user binds them to, and which axes are open.
#pragma once
#include "import/import.hpp"

namespace cameo::generator {

/// What the generator may spend on a model: it grows with what the files hold.
budget budget_for(const model& m, const bindings& given);

/// The type of an input, with the extents that the user gives; throws failure where one is missing.
tensor_type input_type(const onnx::ValueInfoProto& v, const bindings& given);
/// Throws failure where what an input is bound to is not what the file says of it, as far as it says anything.
void check_bound(const onnx::ValueInfoProto& v, const tensor_type& found);
/// The axis of an input that is time; -1 where there is none.
int streamed_axis(const onnx::ValueInfoProto& v, const bindings& given);
/// What --input-shape, --constant and --dim name that is not there: a sentence for each, with what is.
std::vector<std::string> unknown_names(const onnx::GraphProto& graph, const bindings& given);
/// "bytes[1,2048], mask[1,time]".
std::string described_inputs(const onnx::GraphProto& graph);

}  // namespace cameo::generator
