// Declares the dependency rule of --depfile, from which make and Ninja learn when to generate a header again.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace cameo::generator {

/// Writes a rule for a depfile: "net.hpp: model.onnx weights.bin". Throws failure if a name cannot be written so that
/// both make and Ninja read it as a name.
std::string depfile_rule(const std::filesystem::path& target, const std::vector<std::filesystem::path>& files);

}  // namespace cameo::generator
