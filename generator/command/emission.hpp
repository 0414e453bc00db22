// Turns a planned graph into files: for `generate`, which keeps them, and for the commands that compile them.
#pragma once
#include "emit/header.hpp"
#include "support/output_files.hpp"
#include <filesystem>

namespace cameo::generator {

/// Returns the choices of --weights: the forms by their names, and "auto", which is none of them.
const std::vector<std::pair<std::string, std::optional<weight_form>>>& weight_forms();
std::string name_of(weight_form form);

/// Are there files beside the header then?
constexpr bool has_file(weight_form form) { return form == weight_form::object || form == weight_form::file; }

/// Chooses where the weights go: as --weights says, or by their size. A standalone header cannot have them in an object
/// or file.
weight_form choose_form(std::optional<weight_form> given, const graph& g, bool standalone);

/// Names a file beside the header: for "weights.bin", net.weights.bin beside net.hpp. If a header does not end in .hpp,
/// its whole name is kept, as in net.h-weights.bin, so that no two headers share a file.
std::filesystem::path beside(const std::filesystem::path& header, const std::string& what);

/// Names the source file of a split header: net.cpp, or net.h-kernels.cpp.
std::filesystem::path source_of(const std::filesystem::path& header);

/// Adds the header, and beside it the weights and the source file of a split header. Their bytes remain in `e`.
void add_files(output_files& files, const emitted& e, const std::filesystem::path& header);

}  // namespace cameo::generator
