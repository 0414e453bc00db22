// Opens and reads regular files and pipes, and remembers them so that no output overwrites an input.
#include "support/input_file.hpp"
#include "support/failure.hpp"
#include "support/file_error.hpp"
#include <algorithm>
#include <fcntl.h>
#include <set>

namespace cameo::generator {

namespace {

std::set<file_identity>& inputs()
{
    static std::set<file_identity> all;
    return all;
}

/// Recognizes pipes that the shell has opened for this process: they are named by their number.
bool is_open_pipe(const std::filesystem::path& path, mode_t mode)
{
    return S_ISFIFO(mode) && path.string().starts_with("/dev/");
}

std::string kind(mode_t mode)
{
    if (S_ISDIR(mode)) {
        return "a directory";
    }
    if (S_ISFIFO(mode)) {
        return "a pipe";
    }
    return S_ISSOCK(mode) ? "a socket" : "a device";
}

/// Throws failure if the file is of a kind that is not read. It is not opened for that: a device could notice.
void check_kind(const std::filesystem::path& path, const std::string& name, readable kinds)
{
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) {
        throw failure("{} cannot be opened: {}", name, last_reason());
    }
    if (S_ISREG(status.st_mode) || (kinds == readable::regular_or_pipe && is_open_pipe(path, status.st_mode))) {
        return;
    }
    throw failure("{} cannot be opened: it is {}, and no regular file", name, kind(status.st_mode));
}

}  // namespace

input_file::input_file(const std::filesystem::path& path, const std::string& name, readable kinds) : name_(name)
{
    check_kind(path, name, kinds);
    file_ = file_descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
    if (!file_) {
        throw failure("{} cannot be opened: {}", name_, last_reason());
    }
    const struct stat status = file_.status();
    if (!S_ISREG(status.st_mode)) {
        return;
    }
    inputs().insert(identity(status));
    size_ = static_cast<std::uint64_t>(status.st_size);
    links_ = status.st_nlink;
}

std::string input_file::read(std::uint64_t offset, std::size_t bytes) const
{
    std::string text(bytes, '\0');
    std::size_t found = 0;
    while (found < bytes) {
        const ssize_t more =
            ::pread(file_.number(), text.data() + found, bytes - found, static_cast<off_t>(offset + found));
        if (more < 0 && errno == EINTR) {
            continue;
        }
        if (more < 0) {
            throw failure("{} cannot be read: {}", name_, last_reason());
        }
        if (more == 0) {
            break;
        }
        found += static_cast<std::size_t>(more);
    }
    text.resize(found);
    return text;
}

std::string input_file::read_all(std::size_t most) const
{
    constexpr std::size_t least = 65536;
    std::string text;
    for (std::size_t found = 0;;) {
        if (found > most) {
            throw failure("{} cannot be read: it has more than {} bytes", name_, most);
        }
        text.resize(std::max<std::size_t>({found + least, found * 2, size_ + 1}));
        const ssize_t more = ::read(file_.number(), text.data() + found, text.size() - found);
        if (more < 0 && errno != EINTR) {
            throw failure("{} cannot be read: {}", name_, last_reason());
        }
        if (more == 0) {
            return text.resize(found), text;
        }
        found += static_cast<std::size_t>(std::max<ssize_t>(more, 0));
    }
}

std::string read_file(const std::filesystem::path& path, std::size_t most)
{
    return input_file(path, printable(path.string()) + ":").read_all(most);
}

void keep_as_input(const std::filesystem::path& path)
{
    struct stat status{};
    if (::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode)) {
        inputs().insert(identity(status));
    }
}

bool is_input(const struct stat& status) { return inputs().contains(identity(status)); }

}  // namespace cameo::generator
