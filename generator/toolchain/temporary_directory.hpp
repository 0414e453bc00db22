// A temporary directory for generated programs, which removes itself.
#pragma once
#include <filesystem>

namespace cameo::generator {

/// A new directory under the system's directory for temporary files; removed with everything in it.
class temporary_directory {
public:
    temporary_directory();
    ~temporary_directory();
    temporary_directory(const temporary_directory&) = delete;
    temporary_directory& operator=(const temporary_directory&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace cameo::generator
