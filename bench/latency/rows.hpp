// Rows of a file, so that no call of a contender has the numbers of the one before it.
#pragma once
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <span>
#include <vector>

namespace latency {

/// Numbers of a file, as many at a time as a call takes, over and over.
template <class T>
class rows {
public:
    /// Reads a file of floats. It has at least one call's.
    rows(const char* path, std::size_t in_a_call) : in_a_call_(in_a_call)
    {
        std::ifstream file(path, std::ios::binary);
        for (float value = 0; file.read(reinterpret_cast<char*>(&value), sizeof value);) {
            all_.push_back(static_cast<T>(value));
        }
        if (all_.size() < in_a_call) {
            std::fprintf(stderr, "error: %s has too few numbers\n", path);
            std::exit(1);
        }
    }

    /// Returns those of the next call.
    std::span<T> next()
    {
        if (at_ + in_a_call_ > all_.size()) {
            at_ = 0;
        }
        at_ += in_a_call_;
        return std::span(all_).subspan(at_ - in_a_call_, in_a_call_);
    }

private:
    std::vector<T> all_;
    std::size_t in_a_call_, at_ = 0;
};

}  // namespace latency
