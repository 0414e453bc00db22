// Draws a status line on the terminal, in a thread of its own, when work takes longer than a second.
#include "command/progress.hpp"
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <fmt/format.h>
#include <mutex>
#include <thread>
#include <unistd.h>

namespace cameo::generator {

namespace {

using namespace std::chrono_literals;

constexpr const char* clear_line = "\r\x1b[K";

/// Holds the line on the terminal, if standard error is one. A thread draws it, so that the seconds keep counting while
/// the work blocks.
class status_line {
public:
    ~status_line()
    {
        set("");
        {
            const std::lock_guard lock(mutex_);
            ends_ = true;
        }
        wake_.notify_all();
        if (drawing_.joinable()) {
            drawing_.join();
        }
    }

    std::string text()
    {
        const std::lock_guard lock(mutex_);
        return text_;
    }

    void set(std::string_view text)
    {
        if (!terminal_) {
            return;
        }
        const std::lock_guard lock(mutex_);
        if (text_.empty()) {
            start_ = clock::now();
        }
        text_ = text;
        if (text_.empty()) {
            clear();
        } else if (!drawing_.joinable()) {
            drawing_ = std::thread([this] { keep_drawing(); });
        }
    }

private:
    using clock = std::chrono::steady_clock;

    void keep_drawing()
    {
        std::unique_lock lock(mutex_);
        while (!wake_.wait_for(lock, 250ms, [this] { return ends_; })) {
            if (!text_.empty() && clock::now() - start_ >= 1s) {
                draw();
            }
        }
    }

    void draw()
    {
        constexpr std::size_t width = 68;  // a line that wraps could not be cleared
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(clock::now() - start_).count();
        fmt::print(stderr, "{}{} ({} s)", clear_line, std::string_view(text_).substr(0, width), seconds);
        std::fflush(stderr);
        drawn_ = true;
    }

    void clear()
    {
        if (drawn_) {
            fmt::print(stderr, "{}", clear_line);
        }
        std::fflush(stderr);
        drawn_ = false;
    }

    const bool terminal_ = isatty(STDERR_FILENO) == 1;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::string text_;
    clock::time_point start_;
    bool drawn_ = false, ends_ = false;
    std::thread drawing_;
};

status_line& line()
{
    static status_line the_only;
    return the_only;
}

}  // namespace

progress::progress() : before_(line().text()) {}

progress::~progress() { show(before_); }

void progress::show(std::string_view text) const { line().set(text); }

}  // namespace cameo::generator
