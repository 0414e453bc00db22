// Declares --standalone: a header with the library and xsimd inlined, which needs no other file.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace cameo::generator {

/// Replaces each <cameo/…> and <xsimd/…> in a header's text by the file, once; includes of the standard library stay.
/// Inlined files keep guards, so that several such headers fit in one program. Throws failure if no directory has a
/// file.
std::string standalone(const std::string& header, const std::vector<std::filesystem::path>& directories);

}  // namespace cameo::generator
