// Declares the search for the library's headers, which generated code is compiled against.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace cameo::generator {

/// Lists existing directories that may have the headers of the library and xsimd: those given, then those of
/// CAMEO_INCLUDE (separated by colons), then include/ beside the directory of this program, then those that were
/// compiled in.
std::vector<std::filesystem::path> include_directories(const std::vector<std::string>& given);

/// Returns the first of them that has the library; if none has, throws failure with the directories searched.
std::filesystem::path library_directory(const std::vector<std::filesystem::path>& directories);

}  // namespace cameo::generator
