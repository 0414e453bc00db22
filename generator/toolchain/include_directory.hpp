#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace cameo::generator {

/// Where the library's and xsimd's headers may be, existing directories only: those given, then those of the
/// environment's CAMEO_INCLUDE (separated by colons), then include beside the directory of this program, then those
/// that the build compiled in.
std::vector<std::filesystem::path> include_directories(const std::vector<std::string>& given);

/// The first of them that has the library; throws failure, saying where it looked, if none has.
std::filesystem::path library_directory(const std::vector<std::filesystem::path>& directories);

}  // namespace cameo::generator
