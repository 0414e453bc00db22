// Measures how long a call takes, for each program of bench/small_nets.py.
#pragma once
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <span>
#include <sys/mman.h>
#include <vector>

namespace latency {

using clock = std::chrono::steady_clock;

/// Shorter calls are timed in groups that last this long. steady_clock reads the processor's counter, which moves in
/// steps of 10 ns on some: 2 % of this. Groups that last longer meet more interrupts each, and count all their calls as
/// slow.
constexpr double shortest_sample = 500;  // nanoseconds

/// The duration of a loop, which should fit between two decisions of a scheduler.
constexpr double loop_duration = 1e6;  // nanoseconds

/// All in nanoseconds. Quantiles are over samples, each a call or the mean of a group of calls, without the time of the
/// clock itself.
struct figures {
    double loop = 0;  ///< of a call: the mean of many in a row, the least of five such
    double median = 0, p99 = 0, p99_9 = 0;
    long calls = 1;  ///< in a sample
    std::size_t samples = 0;
};

/// Returns the nanoseconds of that many calls.
double time(long calls, auto& call)
{
    const auto start = clock::now();
    for (long i = 0; i < calls; ++i) {
        call();
    }
    return std::chrono::duration<double, std::nano>(clock::now() - start).count();
}

/// Returns the nanoseconds of a call, as the mean of so many in a row that they last at least half of `duration`.
double time_loop(double duration, auto& call)
{
    long calls = 1;
    double spent = time(calls, call);
    while (spent < duration / 2) {
        calls *= 2;
        spent = time(calls, call);
    }
    return spent / static_cast<double>(calls);
}

/// Returns the least of five such loops: something else may have used the processor during the others.
double least_loop(auto& call)
{
    double least = time_loop(loop_duration, call);
    for (int trial = 1; trial < 5; ++trial) {
        least = std::min(least, time_loop(loop_duration, call));
    }
    return least;
}

/// Returns the smallest sample that `fraction` of all do not exceed.
inline double quantile(const std::vector<double>& sorted, double fraction)
{
    const auto rank = static_cast<std::size_t>(std::ceil(fraction * static_cast<double>(sorted.size())));
    return sorted[std::max<std::size_t>(rank, 1) - 1];
}

/// Returns the time that the clock shows for doing nothing.
inline double empty_time()
{
    std::vector<double> times(10001);
    auto nothing = [] { asm volatile("" : : : "memory"); };
    for (double& t : times) {
        t = time(1, nothing);
    }
    std::sort(times.begin(), times.end());
    return quantile(times, 0.5);
}

/// Measures for that many nanoseconds, after a tenth of them to warm up.
figures measure(double duration, auto call)
{
    mlockall(MCL_CURRENT | MCL_FUTURE);  // a limit may forbid it: pages are touched while it warms up, too
    figures f;
    time_loop(duration / 10, call);
    f.loop = least_loop(call);
    f.calls = std::max(1L, std::lround(std::ceil(shortest_sample / f.loop)));
    const double empty = empty_time();
    std::vector<double> samples(static_cast<std::size_t>(duration / shortest_sample) + 1);
    for (double spent = 0; spent < duration && f.samples < samples.size(); ++f.samples) {
        const double t = time(f.calls, call);
        samples[f.samples] = (t - empty) / static_cast<double>(f.calls);
        spent += t;
    }
    samples.resize(f.samples);
    std::sort(samples.begin(), samples.end());
    f.median = quantile(samples, 0.5);
    f.p99 = quantile(samples, 0.99);
    f.p99_9 = quantile(samples, 0.999);
    return f;
}

/// Prints the figures as JSON, with what the network computed.
inline void print(const figures& f, std::span<const float> results)
{
    std::printf(R"({"loop_ns": %.6g, "median_ns": %.6g, "p99_ns": %.6g, "p99_9_ns": %.6g, )"
                R"("calls": %ld, "samples": %zu, "results": [)",
        f.loop, f.median, f.p99, f.p99_9, f.calls, f.samples);
    for (std::size_t i = 0; i < results.size(); ++i) {
        std::printf(i ? ", %.9g" : "%.9g", static_cast<double>(results[i]));
    }
    std::puts("]}");
}

}  // namespace latency
