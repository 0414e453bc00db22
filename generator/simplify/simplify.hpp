// Declares simplify(), which turns a model into an equivalent one with fewer nodes, and its options.
#pragma once
#include "import/import.hpp"

namespace cameo::generator {

struct simplify_options {
    generator::bindings bindings;
    bool keep_dynamic = false;  ///< shapes and extents are not written into the model
    bool optimize = true;
    bool fuse = true;
    bool infer_shapes = true;
    std::set<std::string> skip = {};  ///< rewrites, by name
};

/// Rewrites the model. It keeps its name and that of its file, beside which external tensors are found.
void simplify(model& m, const simplify_options& options);

/// Writes given shapes and data into the graph, as if it had been exported with them. Throws failure for an unknown
/// input.
void fix_inputs(model& m, const bindings& given, bool keep_dynamic);

/// Converts a graph in training mode to inference.
void choose_inference(onnx::GraphProto& g);

}  // namespace cameo::generator
