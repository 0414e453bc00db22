// SHA-256, which identifies model files and weights in generated headers.
#pragma once
#include <string>
#include <string_view>

namespace cameo::generator {

/// Returns the SHA-256 (FIPS 180-4) of some bytes in hexadecimal.
std::string sha256(std::string_view bytes);

}  // namespace cameo::generator
