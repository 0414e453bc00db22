// cameo verify: compares generated code with the operators' plain definitions, layer by layer.
#include "command/command.hpp"
#include "command/compiled.hpp"
#include "command/progress.hpp"
#include "command/sequence.hpp"
#include "command/table.hpp"
#include "evaluate/compare.hpp"
#include "graph/rounding.hpp"
#include "harness/harness.hpp"
#include "layout/layout.hpp"
#include "support/npy.hpp"
#include <fmt/ranges.h>

namespace cameo::generator {

namespace {

struct verify_options {
    model_options model;
    input_options inputs;
    build_options build;
    std::filesystem::path reference;
    double tolerance = 0;  ///< 0: that of the network
    std::size_t runs = 0;
};

/// Compares results with their references, prints a table, and remembers the first that is beyond tolerance.
class comparison {
public:
    /// A sum in another order may be rounded to the next number of 16 bits, and that to the next but one.
    comparison(double tolerance, const graph& g)
        : tolerance_(tolerance > 0 ? tolerance : std::max(1e-4, 2 * rounding_step(g)))
    {
    }

    void add(const std::string& name, std::string_view against, const tensor& reference, const tensor& found)
    {
        const difference d = compare(reference, found, tolerance_);
        table_.add({name, std::string(against), to_string(reference.type), fmt::format("{:.3g}", d.absolute),
            fmt::format("{:.3g}", d.relative), fmt::format("{:.3g}", d.mse), fmt::format("{}", d.ulp),
            d.within ? "" : "beyond tolerance"});
        if (!d.within && first_.empty()) {
            first_ = fmt::format("{} ({})", name, against);
        }
    }

    int finish() const
    {
        fmt::print("{}\n", table_.text());
        if (first_.empty()) {
            fmt::print("every layer and output is within tolerance {}\n", tolerance_);
        } else {
            fmt::print("first beyond tolerance {}: {}\n", tolerance_, first_);
        }
        return first_.empty() ? success : failed;
    }

private:
    double tolerance_;
    table table_{{{"name"}, {"operator"}, {"result"}, {"max abs", true}, {"max rel", true}, {"mse", true},
        {"max ulp", true}, {""}}};
    std::string first_;
};

/// Compares every layer that both have. A layer that planning adds (a reorder) has no counterpart; its effect shows in
/// the layer that reads it.
void compare_layers(const compiled_network& network, const std::vector<tensor_map>& runs, comparison& table)
{
    const auto& schedule = network.header().schedule;
    for (std::size_t step = 0; step < schedule.size(); ++step) {
        const value* v = schedule[step];
        if (!v || !v->producer() || !runs.front().contains(v)) {
            continue;
        }
        std::vector<tensor> expected;
        for (const tensor_map& values : runs) {
            expected.push_back(values.at(v));
        }
        table.add(printable(v->name), v->producer()->op->name(), stacked(expected),
            network.result("layer", step, v->type, runs.size()));
    }
}

void compare_outputs(const graph& g, const std::vector<tensor>& found, const std::vector<tensor>& expected,
    std::string_view against, comparison& table)
{
    for (std::size_t k = 0; k < found.size(); ++k) {
        if (!expected[k].type.present()) {
            continue;
        }
        if (expected[k].type != found[k].type) {
            throw failure("output {} ({}): {} is {}, expected {}", k, printable(g.output_names()[k]), against,
                to_string(expected[k].type), to_string(found[k].type));
        }
        table.add("output " + printable(g.output_names()[k]), against, expected[k], found[k]);
    }
}

std::vector<tensor> read_reference(const std::filesystem::path& directory, std::size_t count)
{
    std::vector<tensor> outputs;
    for (std::size_t k = 0; k < count; ++k) {
        outputs.push_back(read_npy(directory / fmt::format("output_{}.npy", k)));
    }
    return outputs;
}

/// Returns the options with the open axes of a network fixed to these extents.
model_options at_size(const model_options& options, const graph& for_all_sizes, const std::vector<dim>& extents)
{
    model_options fixed = options;
    for (std::size_t p = 0; p < extents.size(); ++p) {
        fixed.dims.push_back(fmt::format("{}={}", for_all_sizes.parameters[p].axis, extents[p]));
    }
    return fixed;
}

/// Compares the outputs of a network with open axes at two sizes.
int verify_sizes(const verify_options& o, const model& m, const graph& for_all_sizes, const progress& status)
{
    if (!o.inputs.files.empty() || !o.reference.empty()) {
        throw failure("--input, --reference: are of one size: fix the open axes with --dim");
    }
    comparison table(o.tolerance, for_all_sizes);
    for (const bool larger : {false, true}) {
        std::vector<dim> extents;
        for (const parameter& p : for_all_sizes.parameters) {
            extents.push_back(p.is_count ? (larger ? 3 : 1) : larger ? p.sample / 2 * 3 : p.sample);
        }
        const model_options fixed = at_size(o.model, for_all_sizes, extents);
        compile_options plain = fixed.for_compiler(m);
        plain.passes = plain_passes;
        const graph g = compile(m, plain, stage::passes);
        const std::vector<named_tensors> runs = o.inputs.runs(g, true, o.runs ? o.runs : g.states().empty() ? 1 : 4);
        const std::vector<tensor> outputs =
            evaluate_file(fixed, [&](const graph&) { return std::vector(runs); }, status);
        const compiled_network network(g, o.model, o.build, for_all_sizes, extents);
        status.show("compiling the generated code");
        network.compile("main", run_program(false));
        network.link({"main"});
        status.show("running");
        network.run(runs, {fmt::format("{}", runs.size())});
        compare_outputs(g, outputs_of(network, g, runs.size()), outputs,
            fmt::format("definitions, net<{}>", fmt::join(extents, ", ")), table);
    }
    status.show("");
    return table.finish();
}

int run_verify(const verify_options& o)
{
    const progress status;
    const model m = load(o.model.model);
    graph g = compile(m, o.model.for_all_sizes(m), stage::passes);
    if (!g.parameters.empty()) {
        choose_layouts(g);
        return verify_sizes(o, m, g, status);
    }
    const std::vector<named_tensors> runs = o.inputs.runs(g, true, o.runs ? o.runs : g.states().empty() ? 1 : 4);
    const std::vector<tensor_map> layers = evaluate_runs(g, runs, true, show_evaluation(status, g));
    const std::vector<tensor> outputs = evaluate_file(o.model, [&](const graph&) { return std::vector(runs); }, status);
    const auto sequence = o.model.stream.empty() ? std::nullopt : outputs_of_sequence(o.model, g, runs, status);
    const std::vector<tensor> reference =
        o.reference.empty() ? std::vector<tensor>{} : read_reference(o.reference, g.outputs().size());
    choose_layouts(g);
    const compiled_network network(g, o.model, o.build);
    status.show("compiling the generated code");
    network.compile("main", run_program(true));
    network.link({"main"});
    status.show("running");
    network.run(runs, {fmt::format("{}", runs.size())});
    status.show("");
    comparison table(o.tolerance, g);
    compare_layers(network, layers, table);
    const std::vector<tensor> found = outputs_of(network, g, runs.size());
    compare_outputs(g, found, outputs, "definitions, unfused", table);
    if (sequence) {
        compare_outputs(g, found, *sequence, "definitions, whole sequence", table);
    }
    if (!o.reference.empty()) {
        compare_outputs(g, found, reference, "reference", table);
    }
    return table.finish();
}

}  // namespace

void add_verify(command_line& line, int& code)
{
    auto options = std::make_shared<verify_options>();
    subcommand command = line.add(
        "verify", "Hold generated code against the operators' plain definitions, layer by layer, on the same inputs");
    options->model.add_to(command);
    options->inputs.add_to(command);
    options->inputs.add_seed_to(command);
    options->build.add_to(command);
    command.add_option("--reference", options->reference,
        "Hold the outputs also against output_k.npy of this directory, made elsewhere from the same inputs");
    command
        .add_option("--tolerance", options->tolerance,
            "Largest error allowed: max |error| <= tolerance x max |reference| + tolerance / 100; integers must be "
            "equal. Default: 1e-4, and two steps of the 16-bit floats to which a network rounds")
        .positive();
    command
        .add_option("--runs", options->runs,
            "Runs one after another, each on other inputs: 1, or 4 where the network has state, unless an --input has "
            "one more axis in front for as many")
        .positive();
    command.footer("Of a network whose axes are open two sizes are held against the definitions, by their outputs.\n"
                   "A quantized network may be steps from its definitions, unfused, where halves are rounded: a "
                   "--tolerance says how many.\n"
                   "Columns: max abs is max |error|; max rel is max |error| / max |reference|; mse is the mean of its "
                   "squares; max ulp counts representable numbers.\n"
                   "Exit status: 0 within tolerance; 1 a layer or output beyond it (the first is named), or it cannot "
                   "be done; above 100 a wrong command line.");
    command.action([options, &code] { code = run_verify(*options); });
}

}  // namespace cameo::generator
