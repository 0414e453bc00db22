// Input files of a command: all are opened here, and never written by the same command.
#pragma once
#include "support/file_descriptor.hpp"
#include <cstdint>
#include <filesystem>
#include <string>

namespace cameo::generator {

/// Kinds of files that may be read. A directory, a device or a socket never is.
enum class readable {
    regular,          ///< what a model names: a pipe would wait for somebody to write
    regular_or_pipe,  ///< what the user names: also a pipe of the shell, such as /dev/stdin. One with a name of its own
                      ///< is not read either
};

class input_file {
public:
    /// `name` begins messages: "x.npy:". Throws failure at once if the file cannot be opened.
    input_file(const std::filesystem::path& path, const std::string& name, readable kinds = readable::regular_or_pipe);

    /// Returns the bytes of a regular file; 0 for a pipe.
    std::uint64_t size() const { return size_; }
    std::uint64_t links() const { return links_; }
    /// Reads bytes from an offset of a regular file, fewer at its end.
    std::string read(std::uint64_t offset, std::size_t bytes) const;
    /// Reads everything. Throws failure if there are more than `most` bytes.
    std::string read_all(std::size_t most = SIZE_MAX) const;

private:
    std::string name_;
    file_descriptor file_;
    std::uint64_t size_ = 0, links_ = 1;
};

std::string read_file(const std::filesystem::path& path, std::size_t most = SIZE_MAX);

/// Marks a file that the command depends on, though something else reads it (a compiler), as one that must not be
/// written. A missing file is ignored.
void keep_as_input(const std::filesystem::path& path);
/// Tells whether this file was read, or kept as an input, under any name.
bool is_input(const struct stat& status);

}  // namespace cameo::generator
