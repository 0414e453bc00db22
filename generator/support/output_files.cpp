// Writes all output files of a command or none: to temporary files first, which are then renamed under a lock.
#include "support/output_files.hpp"
#include "support/failure.hpp"
#include "support/file_error.hpp"
#include "support/input_file.hpp"
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <numeric>
#include <sys/file.h>

namespace cameo::generator {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const fs::path& path, const std::string& why)
{
    throw failure("{}: cannot be written: {}", printable(path.string()), why);
}

std::optional<struct stat> status_of(const fs::path& path)
{
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 ? std::optional(status) : std::nullopt;
}

bool is_standard_output(const fs::path& path, const std::optional<struct stat>& status)
{
    struct stat out{};
    return path == "-" || (status && ::fstat(STDOUT_FILENO, &out) == 0 && identity(*status) == identity(out));
}

/// Follows a chain of links to the file at its end, which need not exist.
fs::path with_links_followed(fs::path path)
{
    constexpr int most = 40;  // as Linux
    std::error_code error;
    for (int k = 0; fs::is_symlink(fs::symlink_status(path, error)); ++k) {
        if (k == most) {
            fail(path, reason(std::make_error_code(std::errc::too_many_symbolic_link_levels)));
        }
        path = path.parent_path() / fs::read_symlink(path, error);
        if (error) {
            fail(path, reason(error));
        }
    }
    return path;
}

/// Returns the directory of a path without links, and the name in it: the same for all spellings.
fs::path spelled_once(const fs::path& path)
{
    std::error_code unknown;
    const fs::path directory = fs::weakly_canonical(path.has_parent_path() ? path.parent_path() : ".", unknown);
    return directory / path.filename();
}

bool has_bytes(const fs::path& path, const output_files::pieces& bytes)
{
    const file_descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) {
        return false;
    }
    std::string buffer(std::size_t{1} << 16, '\0');
    for (std::string_view piece : bytes) {
        while (!piece.empty()) {
            const ssize_t found = ::read(file.number(), buffer.data(), std::min(buffer.size(), piece.size()));
            if (found <= 0 || std::string_view(buffer).substr(0, static_cast<std::size_t>(found)) !=
                                  piece.substr(0, static_cast<std::size_t>(found))) {
                return false;
            }
            piece.remove_prefix(static_cast<std::size_t>(found));
        }
    }
    return ::read(file.number(), buffer.data(), 1) == 0;
}

mode_t mode_of_new_files()
{
    const mode_t mask = ::umask(0);
    ::umask(mask);
    return 0666 & ~mask;
}

/// While it lives, writing to a pipe that nobody reads is an error instead of the end of the program.
class ignore_broken_pipes {
public:
    ignore_broken_pipes() : before_(std::signal(SIGPIPE, SIG_IGN)) {}
    ~ignore_broken_pipes() { std::signal(SIGPIPE, before_); }
    ignore_broken_pipes(const ignore_broken_pipes&) = delete;
    ignore_broken_pipes& operator=(const ignore_broken_pipes&) = delete;

private:
    void (*before_)(int);
};

/// While it lives, interrupts are deferred: nothing would remove incomplete files otherwise.
class interrupts_wait {
public:
    interrupts_wait()
    {
        sigset_t all;
        sigemptyset(&all);
        for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
            sigaddset(&all, number);
        }
        ::sigprocmask(SIG_BLOCK, &all, &before_);
    }
    ~interrupts_wait() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }
    interrupts_wait(const interrupts_wait&) = delete;
    interrupts_wait& operator=(const interrupts_wait&) = delete;

private:
    sigset_t before_{};
};

/// Makes other processes that write the same files wait until all are renamed. On a file system without locks, they do
/// not wait.
class locked_directory {
public:
    explicit locked_directory(const fs::path& directory)
        : file_(::open(directory.empty() ? "." : directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    {
        if (file_) {
            (void)::flock(file_.number(), LOCK_EX);
        }
    }

private:
    file_descriptor file_;
};

}  // namespace

std::size_t output_files::output::size() const
{
    return std::accumulate(bytes.begin(), bytes.end(), std::size_t{0},
        [](std::size_t sum, std::string_view piece) { return sum + piece.size(); });
}

output_files::~output_files() { remove_what_is_left(); }

void output_files::remove_what_is_left()
{
    std::error_code unused;  // nothing can be done about a file that cannot be removed
    for (output& o : outputs_) {
        if (!o.temporary.empty()) {
            fs::remove(std::exchange(o.temporary, {}), unused);
        }
    }
    std::for_each(made_.rbegin(), made_.rend(), [&](const fs::path& directory) { fs::remove(directory, unused); });
    made_.clear();
}

void output_files::add(const fs::path& path, pieces bytes)
{
    outputs_.push_back(resolved({.given = path, .path = {}, .bytes = std::move(bytes)}));
}

void output_files::add_stamp(const fs::path& path)
{
    outputs_.push_back(resolved({.given = path, .path = {}, .bytes = {}, .stamp = true}));
}

void output_files::make_directory(const fs::path& path)
{
    std::vector<fs::path> missing;
    std::error_code error;
    for (fs::path p = path; !p.empty() && !fs::exists(p, error) && !error; p = p.parent_path()) {
        missing.push_back(p);
    }
    for (auto p = missing.rbegin(); p != missing.rend() && !error; ++p) {
        if (fs::create_directory(*p, error)) {
            made_.push_back(*p);
        }
    }
    if (error) {
        throw failure("{}: cannot be made a directory: {}", printable(path.string()), reason(error));
    }
    if (!fs::is_directory(path, error)) {
        throw failure("{}: is no directory", printable(path.string()));
    }
}

output_files::output output_files::resolved(output o)
{
    const std::optional<struct stat> there = status_of(o.given);
    const int error = errno;
    if (is_standard_output(o.given, there)) {
        return o.how = way::standard_output, o;
    }
    if (!there && error != ENOENT) {
        fail(o.given, reason({error, std::generic_category()}));
    }
    if (there && S_ISDIR(there->st_mode)) {
        fail(o.given, "it is a directory");
    }
    if (there && !S_ISREG(there->st_mode)) {
        return o.how = way::in_place, o.path = o.given, o;
    }
    if (there && is_input(*there)) {
        fail(o.given, "it is an input of this command");
    }
    if (there && ::access(o.given.c_str(), W_OK) != 0) {
        fail(o.given, last_reason());
    }
    if (there) {
        o.mode = there->st_mode & 07777;
    }
    o.path = with_links_followed(o.given);
    if (o.path.filename().empty()) {
        fail(o.given, "it names no file");
    }
    return o;
}

void output_files::check_distinct() const
{
    const auto is_one = [](const output& a, const output& b) {
        if (a.how != b.how || a.how == way::in_place) {
            return false;
        }
        return a.how == way::standard_output || spelled_once(a.path) == spelled_once(b.path);
    };
    for (auto a = outputs_.begin(); a != outputs_.end(); ++a) {
        if (const auto b = std::find_if(outputs_.begin(), a, [&](const output& other) { return is_one(*a, other); });
            b != a) {
            throw failure(
                "{} and {}: are one file, and two outputs", printable(b->given.string()), printable(a->given.string()));
        }
    }
}

void output_files::write_temporary(output& o)
{
    o.unchanged = !o.stamp && o.mode && has_bytes(o.path, o.bytes);
    if (o.unchanged) {
        return;
    }
    std::string name = (o.path.parent_path() / ".cameo-XXXXXX").string();
    file_descriptor file(::mkostemp(name.data(), O_CLOEXEC));
    if (!file) {
        fail(o.given, last_reason());
    }
    o.temporary = name;
    bool written = ::fchmod(file.number(), o.mode.value_or(mode_of_new_files())) == 0;
    for (const std::string_view piece : o.bytes) {
        written = written && file.write(piece);
    }
    if (!written || !file.close()) {
        fail(o.given, last_reason());
    }
}

void output_files::write_in_place(const output& o)
{
    if (o.how == way::standard_output) {
        for (const std::string_view piece : o.bytes) {
            std::fwrite(piece.data(), 1, piece.size(), stdout);
        }
        return finish_standard_output();
    }
    file_descriptor file(::open(o.path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
    bool written = bool(file);
    for (const std::string_view piece : o.bytes) {
        written = written && file.write(piece);
    }
    if (!written || !file.close()) {
        fail(o.given, last_reason());
    }
}

void output_files::move_all()
{
    const auto first =
        std::find_if(outputs_.begin(), outputs_.end(), [](const output& o) { return o.how == way::renamed; });
    if (first == outputs_.end()) {
        return;
    }
    const locked_directory lock(first->path.parent_path());
    for (output& o : outputs_) {
        if (o.unchanged) {
            write_temporary(o);  // unless it still is: another process may have moved its own there
        }
    }
    for (output& o : outputs_) {
        if (o.temporary.empty()) {
            continue;
        }
        if (std::rename(o.temporary.c_str(), o.path.c_str()) != 0) {
            fail(o.given, last_reason());
        }
        o.temporary.clear();
    }
}

void output_files::commit()
{
    check_distinct();
    const ignore_broken_pipes ignore;
    for (const output& o : outputs_) {
        if (o.how != way::renamed) {
            write_in_place(o);
        }
    }
    const interrupts_wait wait;
    try {
        for (output& o : outputs_) {
            if (o.how == way::renamed) {
                write_temporary(o);
            }
        }
        move_all();
    } catch (...) {
        remove_what_is_left();
        throw;
    }
    made_.clear();
}

void output_files::tell() const
{
    std::string text;
    for (const output& o : outputs_) {
        if (!o.stamp) {
            text += fmt::format("{}{} ({} bytes{})", text.empty() ? "" : ", ",
                o.how == way::standard_output ? "standard output" : printable(o.given.string()), o.size(),
                o.unchanged ? ", unchanged" : "");
        }
    }
    fmt::print(stderr, "cameo: wrote {}\n", text);
}

bool stands_alone(const fs::path& output)
{
    const std::optional<struct stat> there = status_of(output);
    return is_standard_output(output, there) || (there && !S_ISREG(there->st_mode) && !S_ISDIR(there->st_mode));
}

void finish_standard_output()
{
    const bool before = std::ferror(stdout) == 0;
    if (std::fflush(stdout) != 0 || !before) {
        throw failure("standard output: cannot be written: {}", last_reason());
    }
}

}  // namespace cameo::generator
