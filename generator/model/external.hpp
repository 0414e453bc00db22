// External data: tensors whose elements are stored in files beside the model.
#pragma once
#include "model/onnx.pb.h"
#include <filesystem>
#include <optional>
#include <string>

namespace cameo::generator {

/// The bytes of a tensor that needs `size` of them, or has as many as the file says. Throws failure where the file is
/// not there, is outside the directory or no regular file, is a link that may not be followed, or has another number.
std::string external_bytes(
    const onnx::TensorProto& proto, const std::filesystem::path& directory, std::optional<std::size_t> size = {});

/// From now on links out of the directory are followed, and files of several names read: the user trusts the models of
/// this run. A stranger's link could lead to any file of the machine.
void follow_links();

}  // namespace cameo::generator
