// Elements of fewer than 8 bits, which files pack, the first in the lowest bits, and memory holds in a byte each.
#pragma once
#include "support/tensor.hpp"

namespace cameo::generator {

/// Returns how many bytes the elements of a type take in a file.
std::size_t bytes_in_file(const tensor_type& t);

/// Makes a tensor of so many bytes as bytes_in_file() says.
tensor unpacked(const tensor_type& type, std::string_view packed);
std::string packed(const tensor& t);

}  // namespace cameo::generator
