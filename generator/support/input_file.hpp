// Input files of a command: all are opened here, and never written by the same command.
#pragma once
#include "support/file_descriptor.hpp"
#include <cstdint>
#include <filesystem>
#include <string>

namespace cameo::generator {

/// What a file may be. A directory, a device or a socket is never read.
enum class readable {
    regular,          ///< what a model names: a pipe would wait for somebody to write
    regular_or_pipe,  ///< what the user names: also a pipe of the shell, such as /dev/stdin. One with a name of its own
                      ///< is not read either
};

class input_file {
public:
    /// `name` is what a message begins with: "x.npy:". Throws failure where the file cannot be opened, at once.
    input_file(const std::filesystem::path& path, const std::string& name, readable kinds = readable::regular_or_pipe);

    /// Bytes of a regular file; 0 of a pipe.
    std::uint64_t size() const { return size_; }
    std::uint64_t links() const { return links_; }
    /// So many bytes from a place of a regular file, or fewer at its end.
    std::string read(std::uint64_t offset, std::size_t bytes) const;
    /// All that is there. Throws failure where there are more than `most`.
    std::string read_all(std::size_t most = SIZE_MAX) const;

private:
    std::string name_;
    file_descriptor file_;
    std::uint64_t size_ = 0, links_ = 1;
};

std::string read_file(const std::filesystem::path& path, std::size_t most = SIZE_MAX);

/// A file that the command depends on, though others read it (a compiler): it is not written either. One that is not
/// there is passed over.
void keep_as_input(const std::filesystem::path& path);
/// Was this file read, or kept as an input, by any of its names?
bool is_input(const struct stat& status);

}  // namespace cameo::generator
