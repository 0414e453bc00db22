// Numbers as people read them.
#pragma once
#include <cameo/core/shape.hpp>
#include <string>

namespace cameo::generator {

/// "47,552".
std::string grouped(dim n);
/// "1 layer", "8 layers".
std::string counted(dim n, const std::string& what);
/// "400", "0.31 million" from 100,000 on, "4.09 billion".
std::string rounded(dim n);

}  // namespace cameo::generator
