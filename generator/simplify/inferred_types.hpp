// Declares how inferred types are written into an ONNX graph.
#pragma once
#include "simplify/facts.hpp"

namespace cameo::generator {

/// Writes the types of outputs, and of all other values if `all`. For values that the importer does not know, the
/// file's own types remain.
void write_types(onnx::GraphProto& g, const facts& known, bool all);

/// Writes this name and type; extents that depend on open axes are left open.
void write_type(onnx::ValueInfoProto& v, const std::string& name, const open_type& type);

}  // namespace cameo::generator
