// A POSIX file descriptor that closes itself.
#pragma once
#include <cerrno>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace cameo::generator {

class file_descriptor {
public:
    explicit file_descriptor(int number = -1) : number_(number) {}
    file_descriptor(file_descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    file_descriptor& operator=(file_descriptor&& other) noexcept
    {
        std::swap(number_, other.number_);
        return *this;
    }
    ~file_descriptor() { close(); }

    explicit operator bool() const { return number_ >= 0; }
    int number() const { return number_; }
    /// Closes the file; returns false if what was written could not be kept.
    bool close() { return number_ < 0 || ::close(std::exchange(number_, -1)) == 0; }

    struct stat status() const
    {
        struct stat found{};
        ::fstat(number_, &found);
        return found;
    }
    /// Writes all bytes; returns false if the system does not accept them, with the reason in errno.
    bool write(std::string_view bytes) const
    {
        while (!bytes.empty()) {
            const ssize_t written = ::write(number_, bytes.data(), bytes.size());
            if (written < 0 && errno != EINTR) {
                return false;
            }
            if (written > 0) {
                bytes.remove_prefix(static_cast<std::size_t>(written));
            }
        }
        return true;
    }

private:
    int number_;
};

/// Identifies a file, by whatever name and link.
using file_identity = std::pair<dev_t, ino_t>;
inline file_identity identity(const struct stat& status) { return {status.st_dev, status.st_ino}; }

}  // namespace cameo::generator
