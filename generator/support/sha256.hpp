#pragma once
#include <string>
#include <string_view>

namespace cameo::generator {

/// SHA-256 (FIPS 180-4) in hexadecimal: the identity of a model file.
std::string sha256(std::string_view bytes);

}  // namespace cameo::generator
