// External data: tensors whose elements are stored in files beside the model.
#pragma once
#include "model/onnx.pb.h"
#include <filesystem>
#include <optional>
#include <string>

namespace cameo::generator {

/// Returns the bytes of a tensor that needs `size` of them, or as many as the file says. Throws failure if the file is
/// missing, outside the directory, not regular, or a link that may not be followed, or if the number of bytes differs.
std::string external_bytes(
    const onnx::TensorProto& proto, const std::filesystem::path& directory, std::optional<std::size_t> size = {});

/// Lets links out of the directory be followed, and files of several names be read, from now on: the user trusts the
/// models of this run. A stranger's link could lead to any file of the machine.
void follow_links();

}  // namespace cameo::generator
