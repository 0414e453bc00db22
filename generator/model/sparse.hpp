// Declares the conversion of a model's sparse constants to dense ones.
#pragma once
#include "model/model.hpp"

namespace cameo::generator {

/// Puts a dense tensor in the place of every sparse one, of initializers and of Constant. Throws failure where indices,
/// values and dims do not fit.
void make_dense(onnx::ModelProto& proto, const std::filesystem::path& directory);

}  // namespace cameo::generator
