// Declares how nodes are imported: each by its operator's function, or by the nodes of a function that it calls.
#pragma once
#include "import/context.hpp"
#include "import/order.hpp"
#include "import/scope.hpp"

namespace cameo::generator {

void import_initializers(import_context& all, const onnx::GraphProto& proto, scope& to);
/// Imports nodes in topological order. Failures become diagnostics.
void import_nodes(import_context& all, const node_list& nodes, scope& in);
/// Finds an output of a graph by its name. Throws unsupported if no node makes it, incomplete if that was reported.
value* output_of(const import_context& all, const std::string& name, scope& in);

}  // namespace cameo::generator
