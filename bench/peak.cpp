// Measures the peak float32 GFLOP/s of one thread, by independent chains of fused multiply-add in registers.
#include "vector.hpp"
#include <chrono>
#include <cstdio>

constexpr int chains = 12;  // enough for two units with a latency of five cycles, and few enough for 16 registers
constexpr long steps = 1'000'000;

vector sums[chains], factor, term;  // not constant, so that nothing is computed by the compiler

double seconds_of_a_trial()
{
    vector local[chains];
    for (int i = 0; i < chains; ++i) {
        local[i] = sums[i];
    }
    const vector by = factor, add = term;
    const auto start = std::chrono::steady_clock::now();
    for (long step = 0; step < steps; ++step)
#pragma GCC unroll 12
        for (int i = 0; i < chains; ++i) {
            local[i] = local[i] * by + add;
        }
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
    for (int i = 0; i < chains; ++i) {
        sums[i] = local[i];
    }
    return spent.count();
}

int main()
{
    for (int i = 0; i < bytes / 4; ++i) {
        factor[i] = 0.5F, term[i] = 1;
    }
    double least = seconds_of_a_trial();
    for (int trial = 0; trial < 200; ++trial) {
        const double seconds = seconds_of_a_trial();
        if (seconds < least) {
            least = seconds;
        }
    }
    std::printf("%.6g\n", 2.0 * chains * steps * (bytes / 4) / least / 1e9);
}
