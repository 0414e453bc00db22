// Declares how the parameters of a model are counted by the nodes that read them.
#pragma once
#include "import/context.hpp"
#include "import/source_node.hpp"

namespace cameo::generator {

/// Counts the parameters of the file that a node, imported as `n`, reads. A value that follows from constants passes
/// its count on to its reader.
void count_parameters(import_context& all, const onnx::NodeProto& proto, const source_node& n, int number);

}  // namespace cameo::generator
