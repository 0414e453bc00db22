// cameo tune: times every way to compute each convolution on this machine, and writes down the fastest.
#include "command/measurement.hpp"
#include "command/progress.hpp"
#include "memory_plan/memory_plan.hpp"
#include "support/output_files.hpp"
#include <algorithm>

namespace cameo::generator {

namespace {

struct tune_options : measurement_options {
    std::filesystem::path output;
};

/// Nanoseconds of each choice of tile, by the shapes of a convolution, summed over all layers that have these shapes.
using measured = std::map<std::string, std::map<dim, double>>;

/// Finds the convolutions that Winograd's tiles can compute, by their shapes, and the tiles of each; 0 is direct.
std::map<std::string, std::set<dim>> candidates_of(const graph& g)
{
    std::map<std::string, std::set<dim>> all;
    for (const auto& n : g.nodes()) {
        if (!n->attributes_of<conv_spec>() || !n->constant_or_absent(1) || !n->constant_or_absent(2)) {
            continue;
        }
        const conv_spec s = n->spec<conv_spec>();
        for (const winograd_spec& w : winograd_candidates(s)) {
            all[shapes_of(s)].insert({0, w.tile});
        }
    }
    return all;
}

/// Adds the time of each convolution that these tiles compute to the time of its shapes.
void add_times(const std::vector<const value*>& schedule, const std::vector<double>& of_step, dim tile, measured& times)
{
    for (std::size_t step = 0; step < schedule.size(); ++step) {
        const value* v = schedule[step];
        if (!v || !v->producer()) {
            continue;
        }
        const node& n = *v->producer();
        if (tile == 0 && n.attributes_of<conv_spec>()) {
            times[shapes_of(n.spec<conv_spec>())][0] += of_step[step];
        }
        if (n.attributes_of<winograd_spec>() && n.spec<winograd_spec>().tile == tile) {
            times[shapes_of(n.spec<winograd_spec>())][tile] += of_step[step];
        }
    }
}

/// Compiles and times the network with every convolution computed by these tiles, or directly if they do not fit.
void measure(const tune_options& o, const model& m, const std::map<std::string, std::set<dim>>& candidates, dim tile,
    measured& times)
{
    compile_options compiling = o.model.for_compiler(m);
    for (const auto& [shapes, choices] : candidates) {
        compiling.passes.tuning[shapes] = choices.contains(tile) ? tile : 0;
    }
    const graph g = compile(m, compiling);
    add_times(plan_memory(g).schedule, time_layers(g, o).steps, tile, times);
}

/// Writes a line for each convolution that has a choice: the fastest way, and the times of all.
std::string tuning_text(
    const tune_options& o, const measured& times, const std::map<std::string, std::set<dim>>& candidates)
{
    std::string text = fmt::format(
        "# How convolutions of {} are computed, as 'cameo tune' measured it. For 'cameo generate --tuning'.\n",
        printable(o.model.model.filename().string()));
    for (const auto& [shapes, choices] : candidates) {
        const std::map<dim, double>& of_choice = times.at(shapes);
        const auto best = std::min_element(
            of_choice.begin(), of_choice.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
        std::string all;
        for (const auto& [tile, time] : of_choice) {
            all += fmt::format("{}{} {:.1f} us", all.empty() ? "" : ", ", method_text(tile), time / 1000);
        }
        text += fmt::format("{}: {}  # {}\n", shapes, method_text(best->first), all);
    }
    return text;
}

void run_tune(const tune_options& o)
{
    const progress status;
    const model m = load(o.model.model);
    compile_options direct = o.model.for_compiler(m);
    const bool left_out = !direct.passes.skip.insert("winograd").second;
    const auto candidates = candidates_of(compile(m, direct));
    if (left_out || candidates.empty()) {
        throw failure("{}: no convolution that can be computed in several ways", o.model.model.string());
    }
    std::set<dim> tiles;
    for (const auto& [shapes, choices] : candidates) {
        tiles.insert(choices.begin(), choices.end());
    }
    measured times;
    for (std::size_t number = 0; const dim tile : tiles) {
        status.show(fmt::format("compiling and measuring, {} of {}: {}", ++number, tiles.size(), method_text(tile)));
        measure(o, m, candidates, tile, times);
    }
    const std::string text = tuning_text(o, times, candidates);
    status.show("");
    output_files files;
    files.add(o.output, text);
    if (o.output != "-") {
        fmt::print("{}", text);
    }
    files.commit();
    files.tell();
}

}  // namespace

void add_tune(command_line& line, int& code)
{
    auto options = std::make_shared<tune_options>();
    subcommand command =
        line.add("tune", "Measure on this machine how each convolution is computed best, for 'generate --tuning'");
    options->add_to(command, "How long to measure each choice");
    command.add_option("-o,--output", options->output, "The file to write").required();
    command.footer("The network is compiled and run once for each choice: directly, and by each size of Winograd's "
                   "tiles. A layer is timed in its place in the network.\n"
                   "Exit status: 0 written; 1 it cannot be done; above 100 a wrong command line.");
    command.action([options, &code] {
        run_tune(*options);
        code = success;
    });
}

}  // namespace cameo::generator
