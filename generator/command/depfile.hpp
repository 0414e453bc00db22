// What an output is made of, as make and Ninja read it.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace cameo::generator {

/// A rule for a depfile: "net.hpp: model.onnx weights.bin". Throws failure where a name cannot be written so that both
/// make and Ninja read it as a name.
std::string depfile_rule(const std::filesystem::path& target, const std::vector<std::filesystem::path>& files);

}  // namespace cameo::generator
