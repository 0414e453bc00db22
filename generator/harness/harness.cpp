// Holds the source text of programs that run, time or profile a generated network.
#include "harness/harness.hpp"
#include <fmt/format.h>

namespace cameo::generator {

namespace {

/// Every program begins with this: the network, and the files of its inputs.
constexpr const char* files = R"(#include "net.hpp"
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>

namespace {

generated::net net;  // static: large networks do not fit the stack
std::string directory;
int current_run = 0;

std::string of_run(const std::string& name) { return name + '_' + std::to_string(current_run); }

template <class File>
File open(const std::string& name)
{
    File file(directory + '/' + name + ".bin", std::ios::binary);
    if (!file) {
        std::cerr << name << ".bin: cannot be opened\n";
        std::exit(1);
    }
    return file;
}

template <class View>
void read(const std::string& name, View to)
{
    static_assert(View::type.storage == cameo::storage{}, "inputs are filled in row-major order");
    const auto bytes = static_cast<std::streamsize>(to.size() * sizeof(*to.data()));
    open<std::ifstream>(of_run(name)).read(reinterpret_cast<char*>(to.data()), bytes);
}

template <class... Input>
int read_list(cameo::list<Input...>, int k)
{
    (read("input_" + std::to_string(k++), net.input<Input>()), ...);
    return k;
}

template <class Model>
void read_inputs()
{
    [[maybe_unused]] const int k = read_list(typename Model::inputs{}, 0);
    if constexpr (requires { typename Model::overridable_inputs; }) read_list(typename Model::overridable_inputs{}, k);
}
)";

constexpr const char* results = R"(
template <class View>
void write(const std::string& name, View from)
{
    using type = std::remove_const_t<typename View::element_type>;
    const auto elements = std::make_unique<type[]>(from.size());
    copy_to(from, std::span(elements.get(), from.size()));
    auto file = open<std::ofstream>(of_run(name));
    file.write(reinterpret_cast<const char*>(elements.get()), static_cast<std::streamsize>(from.size() * sizeof(type)));
    if (!file.flush()) {
        std::cerr << name << ".bin: cannot be written\n";
        std::exit(1);
    }
}

template <class... Output>
void write_outputs(cameo::list<Output...>)
{
    [[maybe_unused]] int k = 0;
    (write("output_" + std::to_string(k++), net.output<Output>()), ...);
}

}  // namespace

int main(int, char** arguments)
{
    directory = arguments[1];
    for (const int runs = std::atoi(arguments[2]); current_run < runs; ++current_run) {
        read_inputs<generated::model>();
)";

constexpr const char* end_of_run = R"(        write_outputs(generated::model::outputs{});
    }
}
)";

constexpr const char* staying = R"(
using nanoseconds = std::chrono::duration<double, std::nano>;

void stay_on(int processor)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<std::size_t>(processor < 0 ? sched_getcpu() : processor), &set);
    if (sched_setaffinity(0, sizeof(set), &set) == 0) return;
    std::cerr << "cannot stay on processor " << processor << '\n';
    std::exit(1);
}
)";

constexpr const char* timing = R"(
}  // namespace

void forward(generated::net& net) noexcept;  // in a unit of its own, which is measured

namespace {

/// What reading the clock adds to a time.
double clock_cost()
{
    using clock = std::chrono::steady_clock;
    nanoseconds least = clock::duration::max();
    for (int i = 0; i < 1000; ++i) {
        const auto start = clock::now();
        least = std::min(least, nanoseconds(clock::now() - start));
    }
    return least.count();
}

double time_calls(long calls)
{
    const auto start = std::chrono::steady_clock::now();
    for (long i = 0; i < calls; ++i) forward(net);
    return nanoseconds(std::chrono::steady_clock::now() - start).count();
}

/// A sample lasts at least this long, so that the clock's own time, some 20 ns, is small beside it.
constexpr double shortest_sample = 2000;

/// Warms up for a tenth of the time; the calls that make a sample.
long calls_in_a_sample(double budget)
{
    long calls = 1;
    for (double spent = 0; spent < budget / 10;) {
        const double time = time_calls(calls);
        if (time < shortest_sample) calls *= 2;
        spent += time;
    }
    return calls;
}

}  // namespace

int main(int, char** arguments)
{
    directory = arguments[1];
    const double budget = std::atof(arguments[2]) * 1e9;
    stay_on(std::atoi(arguments[3]));
    read_inputs<generated::model>();
    const long calls = calls_in_a_sample(budget);
    const double clock = clock_cost();
    std::vector<double> samples;
    constexpr std::size_t fewest = 5, most = 2'000'000;
    samples.reserve(most);
    double spent = 0;
    while ((spent < budget || samples.size() < fewest) && samples.size() < most) {
        samples.push_back(std::max(time_calls(calls) - clock, 0.0) / static_cast<double>(calls));
        spent += samples.back() * static_cast<double>(calls);
    }
    const auto bytes = static_cast<std::streamsize>(samples.size() * sizeof(double));
    open<std::ofstream>("samples").write(reinterpret_cast<const char*>(samples.data()), bytes);
    std::cout << calls << ' ' << sizeof(net) << '\n';
}
)";

constexpr const char* profiling = R"(
double median(std::vector<double>& times)
{
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    return *middle;
}

}  // namespace

int main(int, char** arguments)
{
    using clock = std::chrono::steady_clock;
    directory = arguments[1];
    const nanoseconds budget(std::atof(arguments[2]) * 1e9);
    stay_on(std::atoi(arguments[3]));
    read_inputs<generated::model>();
    net.run();
    std::vector<std::vector<double>> times(generated::model::steps + 1);  // the last: of the network as a whole
    std::vector<double> of_clock;  // what reading the clock adds to each, in turn with them: it may change meanwhile
    constexpr int fewest = 5, most = 100'000;
    const auto start = clock::now();
    for (int runs = 0; (clock::now() - start < budget || runs < fewest) && runs < most; ++runs) {
        auto last = clock::now();
        of_clock.push_back(nanoseconds(clock::now() - last).count());
        last = clock::now();
        net.run([&](auto layer, auto) {
            times[layer.step].push_back(nanoseconds(clock::now() - last).count());
            last = clock::now();
        });
        last = clock::now();
        net.run();
        times.back().push_back(nanoseconds(clock::now() - last).count());
    }
    const double clock_cost = median(of_clock);
    for (auto& of_step : times) {
        std::cout << (of_step.empty() ? 0.0 : std::max(median(of_step) - clock_cost, 0.0)) << '\n';
    }
}
)";

constexpr const char* clock_headers =
    "#include <algorithm>\n#include <chrono>\n#include <sched.h>\n#include <vector>\n";

}  // namespace

std::string run_program(bool observed)
{
    const char* forward = observed ? "        net.run([](auto layer, auto result) { write(\"layer_\" + "
                                     "std::to_string(layer.step), result); });\n"
                                   : "        net.run();\n";
    return fmt::format("{}{}{}{}", files, results, forward, end_of_run);
}

std::string bench_unit()
{
    return "#include \"net.hpp\"\n\nvoid forward(generated::net& net) noexcept { net.run(); }\n";
}

std::string bench_program() { return fmt::format("{}{}{}{}", clock_headers, files, staying, timing); }

std::string profile_program() { return fmt::format("{}{}{}{}", clock_headers, files, staying, profiling); }

}  // namespace cameo::generator
