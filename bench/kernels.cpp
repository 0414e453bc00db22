// Times a generated network and each of its distinct layers, for kernels.py. Layers that call the same instance of a
// kernel are measured once.
#include "generated.hpp"
#include "layer_memory.hpp"
#include <algorithm>
#include <benchmark/benchmark.h>
#include <string>
#include <vector>

namespace {

generated::net net;  // static: large networks do not fit the stack

bench::layer_memory<generated::net>& memory()
{
    static bench::layer_memory<generated::net> of_layers;
    return of_layers;
}

void run_network(benchmark::State& state)
{
    for (auto _ : state) {
        net.run();
        benchmark::ClobberMemory();
    }
}

/// Layers that share a kernel.
struct group {
    const void* kernel;
    std::string steps;  ///< in the schedule, of each of them
};

std::vector<group> groups;

/// Gives each type an address of its own.
template <class Type>
inline constexpr char identity = 0;

template <class Layer>
void run_layer(benchmark::State& state)
{
    using kernel = cameo::kernel<Layer::spec, Layer::type>;
    auto& of_layer = memory();
    of_layer.fill<Layer>();
    for (auto _ : state) {
        of_layer.run<Layer>();
    }
    state.counters["bytes"] = static_cast<double>(of_layer.bytes<Layer>());
    state.SetLabel(std::find_if(groups.begin(), groups.end(), [](const group& g) {
        return g.kernel == &identity<kernel>;
    })->steps);
}

/// Visits the schedule. A benchmark is named after its first layer's step.
struct register_layer {
    template <class Layer>
    void operator()(Layer) const
    {
        if constexpr (cameo::has_spec<Layer>) {
            if constexpr (generated::net::computes<Layer>) {
                add<Layer>();
            }
        }
    }

private:
    template <class Layer>
    static void add()
    {
        using kernel = cameo::kernel<Layer::spec, Layer::type>;
        const std::string step = std::to_string(Layer::step);
        const auto known =
            std::find_if(groups.begin(), groups.end(), [](const group& g) { return g.kernel == &identity<kernel>; });
        if (known != groups.end()) {
            known->steps += "," + step;
        } else {
            groups.push_back({&identity<kernel>, step});
            benchmark::RegisterBenchmark(step.c_str(), run_layer<Layer>);
        }
    }
};

}  // namespace

int main(int count, char** arguments)
{
    generated::net::for_each_layer(register_layer{});
    benchmark::RegisterBenchmark("network", run_network);
    benchmark::Initialize(&count, arguments);
    if (benchmark::ReportUnrecognizedArguments(count, arguments)) {
        return 1;
    }
    benchmark::RunSpecifiedBenchmarks();
}
