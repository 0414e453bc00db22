#pragma once
#include "simplify/facts.hpp"

namespace cameo::generator {

/// Writes the types of outputs, and of every other value if `all`: what is known, beside what the file says of values
/// that the importer does not know.
void write_types(onnx::GraphProto& g, const facts& known, bool all);

/// A value of this name and type; extents that depend on sizes are left open.
void write_type(onnx::ValueInfoProto& v, const std::string& name, const open_type& type);

}  // namespace cameo::generator
