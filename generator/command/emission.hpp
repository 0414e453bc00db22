// Turns a planned graph into files: for `generate`, which keeps them, and for the commands that compile them.
#pragma once
#include "emit/header.hpp"
#include "support/output_files.hpp"
#include <filesystem>

namespace cameo::generator {

/// Where the weights go: as --weights says, or by their size for "auto". A standalone header takes no object and no
/// file.
weight_form choose_form(const std::string& given, const graph& g, bool standalone);

/// A file beside the header, named after it: net.weights.bin, beside net.hpp, for "weights.bin". Of a header that is
/// not called .hpp the whole name is kept, as in net.h-weights.bin, so that no two headers have a file in common.
std::filesystem::path beside(const std::filesystem::path& header, const std::string& what);

/// The source file of a split header: net.cpp, or net.h-kernels.cpp.
std::filesystem::path source_of(const std::filesystem::path& header);

/// Adds the weights, beside the header, the source file of a split header, and the header. The bytes are those of `e`.
void add_files(output_files& files, const emitted& e, const std::filesystem::path& header);

}  // namespace cameo::generator
