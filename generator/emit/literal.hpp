// C++ text for what a generated header declares: numbers, bytes, element types, tensor types and storage.
#pragma once
#include "support/tensor.hpp"
#include <map>

namespace cameo::generator {

/// Writes the elements as C++ literals, separated by commas, in lines of some 120 characters.
std::string literals(const tensor& t);
/// Writes a tensor type as the header does: "cameo::f32<1, 8, 26, 26>.blocked({1, 1, 1, 1})".
std::string cpp_tensor_type(const tensor_type& t);
/// Does the same, with names for the extents of some axes.
std::string cpp_tensor_type(const tensor_type& t, const std::map<int, std::string>& named);
/// Writes cameo::storage{…}.
std::string cpp_storage(const storage& s);
/// Writes bytes as string literals, one a line.
std::string string_literals(const std::string& bytes);

}  // namespace cameo::generator
