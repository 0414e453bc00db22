#pragma once

namespace cameo::generator {

inline constexpr const char* version = "0.1.0";

}  // namespace cameo::generator
