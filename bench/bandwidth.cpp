// Prints, for each number of bytes on the command line, the GB/s at which one thread reads that many bytes repeatedly,
// from whichever cache they fit.
#include "vector.hpp"
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

constexpr std::size_t chains = 8;  // of sums, so that none waits for the one before

vector result;

[[gnu::noinline]] void read(const std::vector<vector>& from)
{
    vector sums[chains]{};
    for (std::size_t i = 0; i < from.size(); i += chains)
#pragma GCC unroll 8
        for (std::size_t k = 0; k < chains; ++k) {
            sums[k] += from[i + k];
        }
    for (const vector& sum : sums) {
        result += sum;
    }
    asm volatile("" : : : "memory");
}

double seconds_of(const std::vector<vector>& from, long times)
{
    const auto start = std::chrono::steady_clock::now();
    for (long i = 0; i < times; ++i) {
        read(from);
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

int main(int count, char** arguments)
{
    for (int i = 1; i < count; ++i) {
        const std::size_t step = chains * bytes;
        const std::vector<vector> from((std::strtoul(arguments[i], nullptr, 10) + step) / step * chains);
        long times = 1;
        double least = seconds_of(from, times);
        for (double seconds = least; seconds < 1e-3; seconds = seconds_of(from, times)) {
            times *= 2;
        }
        least = seconds_of(from, times);
        for (int trial = 0; trial < 10; ++trial) {
            if (const double seconds = seconds_of(from, times); seconds < least) {
                least = seconds;
            }
        }
        std::printf("%.6g\n", static_cast<double>(from.size() * bytes) * static_cast<double>(times) / least / 1e9);
    }
}
