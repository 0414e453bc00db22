// cameo profile: times every layer while its network runs, and prints each layer's share and GFLOP/s.
#include "command/measurement.hpp"
#include "command/progress.hpp"
#include "command/table.hpp"
#include "report/description.hpp"
#include "support/output_files.hpp"
#include <algorithm>
#include <numeric>

namespace cameo::generator {

namespace {

struct profile_options : measurement_options {
    std::filesystem::path json_file;
};

/// A layer of the network and its median time.
struct timed_layer {
    const step_description* step = nullptr;
    double nanoseconds = 0;

    double gflops() const { return generator::gflops(step->multiplications, nanoseconds); }
};

struct profile {
    graph network;
    network_description description;
    std::vector<timed_layer> layers;
    double of_layers = 0, of_network = 0;

    double share(const timed_layer& l) const { return of_layers > 0 ? l.nanoseconds / of_layers : 0; }
};

profile measure(const profile_options& o)
{
    const progress status;
    profile p;
    p.network = compile(o.model);
    p.description = describe(p.network);
    status.show("compiling and measuring");
    const layer_times times = time_layers(p.network, o);
    double time = 0;
    for (const step_description& d : p.description.steps) {
        time += times.steps[static_cast<std::size_t>(d.step)];  // that of a layer's secondary outputs comes before
        if (d.layer) {
            p.layers.push_back({&d, std::exchange(time, 0)});
        }
    }
    for (const timed_layer& l : p.layers) {
        p.of_layers += l.nanoseconds;
    }
    p.of_network = times.network;
    return p;
}

json to_json(const profile_options& o, const profile& p)
{
    json layers = json::array();
    for (const timed_layer& l : p.layers) {
        layers.push_back({{"step", l.step->step}, {"name", l.step->name}, {"nodes", l.step->nodes},
            {"operator", l.step->operation}, {"result", l.step->result}, {"macs", l.step->multiplications},
            {"time_ns", l.nanoseconds}, {"share", p.share(l)}, {"gflops", l.gflops()}});
    }
    return {{"model", o.model.model.string()}, {"digest", p.network.digest}, {"network_ns", p.of_network},
        {"layers_ns", p.of_layers}, {"macs", p.description.multiplications},
        {"gflops", gflops(p.description.multiplications, p.of_network)}, {"layers", layers}};
}

void print_text(const profile_options& o, const profile& p)
{
    std::vector<timed_layer> sorted = p.layers;
    std::sort(sorted.begin(), sorted.end(), [](const timed_layer& a, const timed_layer& b) {
        return std::pair(-a.nanoseconds, a.step->step) < std::pair(-b.nanoseconds, b.step->step);
    });
    table layers({{"step", true}, {"operator"}, {"result"}, {"MACs", true}, {"time", true}, {"share", true},
        {"GFLOP/s", true}, {"nodes"}});
    for (const timed_layer& l : sorted) {
        std::string nodes;
        for (const std::string& name : l.step->nodes) {
            nodes += (nodes.empty() ? "" : " + ") + printable(name);
        }
        layers.add({fmt::format("{}", l.step->step), l.step->operation, l.step->result,
            fmt::format("{}", l.step->multiplications), time_text(l.nanoseconds),
            fmt::format("{:.1f} %", 100 * p.share(l)),
            l.step->multiplications ? fmt::format("{:.1f}", l.gflops()) : "-", nodes});
    }
    fmt::print("{}\n{}\n{} layers: {}; the network {}, {} MACs, {:.4g} GFLOP/s\n", o.model.model.string(),
        layers.text(), p.layers.size(), time_text(p.of_layers), time_text(p.of_network), p.description.multiplications,
        gflops(p.description.multiplications, p.of_network));
}

void write_json(const profile_options& o, const profile& p)
{
    const std::string text = json_text(to_json(o, p));
    output_files files;
    files.add(o.json_file, text);
    files.commit();
    files.tell();
}

}  // namespace

void add_profile(command_line& line, int& code)
{
    auto options = std::make_shared<profile_options>();
    subcommand command = line.add("profile",
        "Generate, compile and time every layer in its network, on one processor: time, share of it and GFLOP/s");
    options->add_to(command, "How long to measure");
    command.add_option("--json", options->json_file,
        "Also write this file, for 'cameo report --profile': model, digest, network_ns, layers_ns, macs, gflops, "
        "layers (step, name, nodes, operator, result, macs, time_ns, share, gflops) "
        "in the order of the schedule");
    command.footer("A time is the median over many runs, less the clock's own. A MAC counts as two operations, those "
                   "of the definition: a Winograd layer does fewer. Shares are of the sum\n"
                   "over layers. The network as a whole is timed without an observer, in turn with it; layers so small "
                   "that they share instructions are quicker there.\n"
                   "Exit status: 0 measured; 1 it cannot be done; above 100 a wrong command line.");
    command.action([options, &code] {
        const profile p = measure(*options);
        if (options->json_file != "-") {
            print_text(*options, p);
        }
        if (!options->json_file.empty()) {
            write_json(*options, p);
        }
        code = success;
    });
}

}  // namespace cameo::generator
