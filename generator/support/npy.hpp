// Tensors in .npy files, numpy's own format (NEP 1).
#pragma once
#include "support/tensor.hpp"
#include <filesystem>

namespace cameo::generator {

/// Throws failure where the file is no .npy, is in Fortran order, big-endian or of an element type that cameo has not.
tensor read_npy(const std::filesystem::path& path);
/// What stands before the elements.
std::string npy_header(const tensor& t);

}  // namespace cameo::generator
