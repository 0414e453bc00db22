// Runs a program by posix_spawn with its output in a log file, while this process ignores interrupts.
#include "toolchain/process.hpp"
#include "support/failure.hpp"
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <spawn.h>
#include <sys/wait.h>

extern char** environ;

namespace cameo::generator {

namespace {

/// Ignores interrupts during its lifetime.
class ignore_interrupts {
public:
    ignore_interrupts() : interrupt_(std::signal(SIGINT, SIG_IGN)), quit_(std::signal(SIGQUIT, SIG_IGN)) {}
    ~ignore_interrupts()
    {
        std::signal(SIGINT, interrupt_);
        std::signal(SIGQUIT, quit_);
    }
    ignore_interrupts(const ignore_interrupts&) = delete;
    ignore_interrupts& operator=(const ignore_interrupts&) = delete;

private:
    using handler = void (*)(int);
    handler interrupt_, quit_;
};

/// Settings of posix_spawn for the new process: output into a file, default signal handling.
class spawn_settings {
public:
    explicit spawn_settings(const std::filesystem::path& log)
    {
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_addopen(&files, 1, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
        posix_spawn_file_actions_adddup2(&files, 1, 2);
        sigset_t usual;
        sigemptyset(&usual);
        for (const int number : {SIGINT, SIGQUIT, SIGXFSZ}) {
            sigaddset(&usual, number);
        }
        posix_spawnattr_init(&attributes);
        posix_spawnattr_setsigdefault(&attributes, &usual);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    }
    ~spawn_settings()
    {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }
    spawn_settings(const spawn_settings&) = delete;
    spawn_settings& operator=(const spawn_settings&) = delete;

    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
};

int wait_for(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) {
            throw failure("cannot wait for a program: {}", std::generic_category().message(errno));
        }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

process_result run_process(const std::vector<std::string>& arguments, const std::filesystem::path& log)
{
    std::vector<char*> pointers;
    for (const std::string& argument : arguments) {
        pointers.push_back(const_cast<char*>(argument.c_str()));  // posix_spawn does not write to them
    }
    pointers.push_back(nullptr);
    const auto start = std::chrono::steady_clock::now();
    const ignore_interrupts ignore;
    const spawn_settings settings(log);
    pid_t child = 0;
    if (const int error =
            posix_spawnp(&child, pointers[0], &settings.files, &settings.attributes, pointers.data(), environ)) {
        throw failure("{}: cannot be run: {}", arguments[0], std::generic_category().message(error));
    }
    process_result result;
    result.status = wait_for(child);
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::ifstream file(log, std::ios::binary);
    result.output.assign(std::istreambuf_iterator<char>(file), {});
    return result;
}

}  // namespace cameo::generator
