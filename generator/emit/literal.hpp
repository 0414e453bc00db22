// Numbers, bytes and types as they are written in C++.
#pragma once
#include "support/tensor.hpp"
#include <map>

namespace cameo::generator {

/// The elements as C++ literals, each with a comma behind it, in lines of their own.
std::string literals(const tensor& t);
/// A tensor type in the words of the header: "cameo::f32<1, 8, 26, 26>.blocked({1, 1, 1, 1})".
std::string cpp_tensor_type(const tensor_type& t);
/// The same, with names for the extents of some axes.
std::string cpp_tensor_type(const tensor_type& t, const std::map<int, std::string>& named);
/// cameo::storage{…}.
std::string cpp_storage(const storage& s);
/// Bytes as string literals, one a line.
std::string string_literals(const std::string& bytes);

}  // namespace cameo::generator
