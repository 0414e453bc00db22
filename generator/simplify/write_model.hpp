// Declares the writing of a model as an ONNX file, with or without external data.
#pragma once
#include "model/model.hpp"

namespace cameo::generator {

/// Writes a model whose external data lie beside m.path. If `external`, or if the data exceed what one file of this
/// format can contain, large tensors go into a file beside it, OUTPUT.data. On an error, throws failure and leaves no
/// file.
void write_model(model& m, const std::filesystem::path& output, bool external);

}  // namespace cameo::generator
