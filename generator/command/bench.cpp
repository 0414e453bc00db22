// cameo bench: generates, compiles and times a network; prints percentiles of its latency and its size in bytes.
#include "command/measurement.hpp"
#include "command/progress.hpp"
#include "harness/harness.hpp"
#include "report/description.hpp"
#include "support/json.hpp"
#include "toolchain/object_file.hpp"
#include <chrono>
#include <fstream>
#include <sstream>

namespace cameo::generator {

namespace {

struct bench_options : measurement_options {
    bool as_json = false;
};

struct figures {
    double median = 0, p99 = 0, p999 = 0, max = 0;  ///< nanoseconds
    std::size_t samples = 0;
    long calls = 0;  ///< in a sample
    dim macs = 0, parameters = 0;
    double generate_seconds = 0, compile_seconds = 0;
    std::optional<std::size_t> code, stack;
    std::size_t weights = 0, activations = 0;

    double gflops() const { return generator::gflops(macs, median); }
};

/// The smallest sample that `fraction` of all do not exceed. `sorted` is not empty.
double percentile(const std::vector<double>& sorted, double fraction)
{
    const auto rank = static_cast<std::size_t>(std::ceil(fraction * static_cast<double>(sorted.size())));
    return sorted[std::max<std::size_t>(rank, 1) - 1];
}

void read_samples(const std::filesystem::path& path, figures& f)
{
    std::vector<double> samples(std::filesystem::file_size(path) / sizeof(double));
    std::ifstream(path, std::ios::binary)
        .read(reinterpret_cast<char*>(samples.data()), static_cast<std::streamsize>(samples.size() * sizeof(double)));
    if (samples.empty()) {
        throw failure("{}: no samples", path.string());
    }
    std::sort(samples.begin(), samples.end());
    f.samples = samples.size();
    f.median = percentile(samples, 0.5);
    f.p99 = percentile(samples, 0.99);
    f.p999 = percentile(samples, 0.999);
    f.max = samples.back();
}

double seconds_since(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

figures measure(const bench_options& o)
{
    const progress status;
    figures f;
    const auto start = std::chrono::steady_clock::now();
    status.show("generating");
    const graph g = compile(o.model);
    const compiled_network network(g, o.model, o.build);
    f.generate_seconds = seconds_since(start);
    status.show("compiling the generated code");
    f.compile_seconds = network.compile("forward", bench_unit(), {"-fstack-usage"});
    network.compile("main", bench_program());
    network.link({"main", "forward"});
    f.code = code_bytes(network.directory() / "forward.o");
    f.stack = largest_frame(network.directory() / "forward.su");
    f.weights = weight_bytes(g);
    f.parameters = g.file_parameters;
    f.macs = network.header().multiplications;
    status.show("measuring");
    std::istringstream printed(o.run(network, g));
    if (!(printed >> f.calls >> f.activations)) {
        throw failure("the timing program printed '{}'", printable(printed.str()));
    }
    read_samples(network.directory() / "samples.bin", f);
    return f;
}

json optional_number(const std::optional<std::size_t>& n) { return n ? json(*n) : json(nullptr); }

void print_json(const bench_options& o, const figures& f)
{
    print({{"model", o.model.model.string()}, {"median_ns", f.median}, {"p99_ns", f.p99}, {"p99_9_ns", f.p999},
        {"max_ns", f.max}, {"samples", f.samples}, {"calls_per_sample", f.calls}, {"macs", f.macs},
        {"gflops", f.gflops()}, {"generate_seconds", f.generate_seconds}, {"compile_seconds", f.compile_seconds},
        {"code_bytes", optional_number(f.code)}, {"parameters", f.parameters}, {"weight_bytes", f.weights},
        {"activation_bytes", f.activations}, {"largest_frame_bytes", optional_number(f.stack)}});
}

void print_text(const bench_options& o, const figures& f)
{
    const auto bytes = [](const std::optional<std::size_t>& n) {
        return n ? fmt::format("{}", *n) : std::string("unknown");
    };
    fmt::print("{}\nmedian {}, p99 {}, p99.9 {}, max {} ({} samples of {} call{})\n", o.model.model.string(),
        time_text(f.median), time_text(f.p99), time_text(f.p999), time_text(f.max), f.samples, f.calls,
        f.calls == 1 ? "" : "s");
    fmt::print("{:.4g} GFLOP/s ({} MACs)\ngenerate {:.2f} s, compile {:.2f} s\n", f.gflops(), f.macs,
        f.generate_seconds, f.compile_seconds);
    fmt::print("bytes: code {}, weights {} ({} parameters in the file), activations {}, largest stack frame {}\n",
        bytes(f.code), f.weights, f.parameters, f.activations, bytes(f.stack));
}

}  // namespace

void add_bench(command_line& line, int& code)
{
    auto options = std::make_shared<bench_options>();
    subcommand command = line.add("bench",
        "Generate, compile and time a model, on one processor: median, p99, p99.9 and max, GFLOP/s, seconds and bytes");
    options->add_to(command, "How long to measure, after a tenth of it to warm up");
    command.add_flag("--json", options->as_json,
        "As JSON: model, median_ns, p99_ns, p99_9_ns, max_ns, samples, calls_per_sample, macs, gflops, "
        "generate_seconds, compile_seconds, code_bytes, parameters, weight_bytes, "
        "activation_bytes, largest_frame_bytes");
    command.footer(
        "A sample is one call, or the mean of as many as last 2 microseconds; the clock's own time is taken off. A MAC "
        "counts as two operations.\n"
        "code: executable sections of the object file with the forward pass alone. activations: the network object. "
        "stack: the largest single frame, by -fstack-usage; "
        "frames of nested calls add to it.\ncompile: the forward pass alone, without the program around it.\n"
        "Exit status: 0 measured; 1 it cannot be done; above 100 a wrong command line.");
    command.action([options, &code] {
        const figures found = measure(*options);
        if (options->as_json) {
            print_json(*options, found);
        } else {
            print_text(*options, found);
        }
        code = success;
    });
}

}  // namespace cameo::generator
