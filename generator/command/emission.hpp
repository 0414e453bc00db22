// From a planned graph to files, as `generate` writes them and as the other commands compile them.
#pragma once
#include "emit/header.hpp"
#include <filesystem>

namespace cameo::generator {

/// Where the weights go: as --weights says, or by their size for "auto". A standalone header takes no object and no file.
weight_form choose_form(const std::string& given, const graph& g, bool standalone);

/// Paths, and the text or bytes that belong there.
using file_list = std::vector<std::pair<std::filesystem::path, std::string_view>>;

/// The source file of a split header.
std::filesystem::path source_of(std::filesystem::path header);

/// The weights, beside the header as NAME.weights.bin and NAME.weights.S, the source file of a split header, and the header. The views are of `e`.
file_list files_of(const emitted& e, const std::filesystem::path& header, const std::string& name);

/// All files, or none.
void write_files(const file_list& files);

}  // namespace cameo::generator
