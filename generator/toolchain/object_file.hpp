// Declares the cost of a compiled unit: its bytes of code and its largest stack frame.
#pragma once
#include <cstddef>
#include <filesystem>
#include <optional>

namespace cameo::generator {

/// Counts the bytes of machine code in an object file: its executable sections; nothing if it is not a 64-bit ELF file.
std::optional<std::size_t> code_bytes(const std::filesystem::path& object);

/// Returns the largest frame in the output of -fstack-usage; nothing if there is no such file.
std::optional<std::size_t> largest_frame(const std::filesystem::path& stack_usage);

}  // namespace cameo::generator
