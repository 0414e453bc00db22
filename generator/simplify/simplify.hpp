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

/// Rewrites the model. Its name and that of the file that it was read from stay: tensors beside it are found there.
void simplify(model& m, const simplify_options& options);

/// Writes shapes and data that are given into the graph, as if it had been exported with them. Throws failure for an
/// input that is not there.
void fix_inputs(model& m, const bindings& given, bool keep_dynamic);

/// Makes a graph in training mode one for inference.
void choose_inference(onnx::GraphProto& g);

}  // namespace cameo::generator
