// The workload that every contender runs before it is timed: the same inputs, several runs from a zero state.
#pragma once
#include <cstdint>
#include <span>

namespace latency {

constexpr int runs = 3;  // state of the first reaches the results of the last

/// Fills inputs, one after another, with numbers in [-1, 1) that are the same everywhere.
class filler {
public:
    void fill(std::span<float> values)
    {
        for (float& value : values) {
            state_ = state_ * 1664525U + 1013904223U;
            value = static_cast<float>(state_ >> 8) * 0x1p-23F - 1;
        }
    }

private:
    std::uint32_t state_ = 1;
};

}  // namespace latency
