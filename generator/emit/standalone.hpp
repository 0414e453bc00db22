// Declares --standalone: a header with the library and xsimd inlined, which needs no other file.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace cameo::generator {

/// The header's text with every <cameo/…> and <xsimd/…> replaced by the file, once; the standard library's includes
/// stay. Inlined files keep guards, so that several such headers go into one program. Throws failure for a file that no
/// directory has.
std::string standalone(const std::string& header, const std::vector<std::filesystem::path>& directories);

}  // namespace cameo::generator
