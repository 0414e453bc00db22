// Tensors in .npy files, numpy's own format (NEP 1).
#pragma once
#include "support/tensor.hpp"
#include <filesystem>

namespace cameo::generator {

/// Reads a tensor. Throws failure if the file is not a .npy file, is in Fortran order or big-endian, or has an element
/// type that cameo lacks.
tensor read_npy(const std::filesystem::path& path);
/// Returns the header of the file, which precedes the elements.
std::string npy_header(const tensor& t);

/// Returns a tensor that was read as one of `expected`, if the file may mean that: numpy has no names of its own for
/// the types that C++ has not, only bytes. float16 becomes float32, exactly: with --float16 as-float32 files that suit
/// the model serve as they are.
tensor read_as(tensor t, element expected);

}  // namespace cameo::generator
