// Declares the conversion of a model's sparse constants to dense ones.
#pragma once
#include "model/model.hpp"

namespace cameo::generator {

/// Replaces every sparse tensor, of initializers and of Constant, by a dense one. Throws failure if indices, values and
/// dims do not fit together.
void make_dense(onnx::ModelProto& proto, const std::filesystem::path& directory);

}  // namespace cameo::generator
