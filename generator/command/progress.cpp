#include "command/progress.hpp"
#include <cstdio>
#include <fmt/format.h>
#include <unistd.h>

namespace cameo::generator {

namespace {

constexpr const char* clear_line = "\r\x1b[K";

}  // namespace

progress::progress() : terminal_(isatty(STDERR_FILENO) == 1) {}

progress::~progress() { show(""); }

void progress::show(std::string_view text) const
{
    if (!terminal_) return;
    constexpr std::size_t width = 78;  // a line that wraps could not be cleared
    fmt::print(stderr, "{}{}", clear_line, text.substr(0, width));
    std::fflush(stderr);
}

}  // namespace cameo::generator
