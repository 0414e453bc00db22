#pragma once
#include "model/model.hpp"

namespace cameo::generator {

/// Writes a model whose external data lie beside m.path. Where all data are more than a file of this format can hold,
/// or if `external`, large tensors are put into a file beside it, OUTPUT.data. Throws failure, and leaves no file,
/// where it cannot be.
void write_model(model& m, const std::filesystem::path& output, bool external);

}  // namespace cameo::generator
