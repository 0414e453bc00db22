// The digits network, call after call.
#include "digits.hpp"
#include <array>
#include <benchmark/benchmark.h>

namespace {

void forward(benchmark::State& state)
{
    static digits::net net;
    static constexpr std::array<float, digits::image::type.shape.count()> image{};
    for (auto _ : state) benchmark::DoNotOptimize(net(image).data());
}

BENCHMARK(forward)->Name("digits");

}  // namespace

BENCHMARK_MAIN();
